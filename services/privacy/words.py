"""What the audit log tells of, in words."""

from dataclasses import dataclass
from enum import StrEnum

from services.privacy.ports import Action


class Topic(StrEnum):
    """Kinds of actions that the log can be narrowed to."""

    PEOPLE = "people"
    ROLES = "roles"
    CAMPAIGNS = "campaigns"
    REPORTS = "reports"
    PRIVACY = "privacy"
    ROUTES = "routes"
    MENTORING = "mentoring"
    EVENTS = "events"


TOPIC_TITLES = {
    Topic.PEOPLE: "Люди",
    Topic.ROLES: "Роли и ссылки",
    Topic.CAMPAIGNS: "Опросы",
    Topic.REPORTS: "Отчёты",
    Topic.PRIVACY: "Данные",
    Topic.ROUTES: "Маршруты",
    Topic.MENTORING: "Наставничество",
    Topic.EVENTS: "Мероприятия",
}


@dataclass(frozen=True, slots=True)
class Words:
    """What was done, as a short sentence without who did it."""

    topic: Topic
    done: str


WORDS = {
    Action.REPORT_SEEN: Words(Topic.REPORTS, "открыт отчёт"),
    Action.REPORT_EXPORTED: Words(Topic.REPORTS, "выгружен отчёт"),
    Action.RESULT_SHARED: Words(Topic.PRIVACY, "результат показан психологу"),
    Action.SHARE_OPENED: Words(Topic.PRIVACY, "открыт показанный результат"),
    Action.SHARE_REVOKED: Words(Topic.PRIVACY, "закрыт доступ к результату"),
    Action.ROLE_GIVEN: Words(Topic.ROLES, "выдана роль"),
    Action.ROLE_TAKEN: Words(Topic.ROLES, "снята роль"),
    Action.INVITE_ISSUED: Words(Topic.ROLES, "создана ссылка-приглашение"),
    Action.INVITE_REVOKED: Words(Topic.ROLES, "отозвана ссылка-приглашение"),
    Action.SCHOOL_ADDED: Words(Topic.PEOPLE, "добавлена школа"),
    Action.SCHOOL_RENAMED: Words(Topic.PEOPLE, "переименована школа"),
    Action.ZONE_SET: Words(Topic.PEOPLE, "изменён часовой пояс"),
    Action.ROSTER_IMPORTED: Words(Topic.PEOPLE, "загружен список педагогов"),
    Action.INVITES_PRINTED: Words(Topic.ROLES, "выгружены личные приглашения"),
    Action.PEOPLE_SEEN: Words(Topic.PEOPLE, "открыт список людей"),
    Action.CAMPAIGN_LAUNCHED: Words(Topic.CAMPAIGNS, "запущен опрос"),
    Action.CAMPAIGN_CLOSED: Words(Topic.CAMPAIGNS, "закрыт опрос"),
    Action.CAMPAIGN_OPENED: Words(Topic.CAMPAIGNS, "снова открыт опрос"),
    Action.PROFILE_CHANGED: Words(Topic.PEOPLE, "изменены сведения о человеке"),
    Action.SCHOOL_CHANGED: Words(Topic.PEOPLE, "смена школы"),
    Action.CONSENT_GIVEN: Words(Topic.PRIVACY, "дано согласие"),
    Action.CONSENT_REVOKED: Words(Topic.PRIVACY, "отозвано согласие"),
    Action.DATA_EXPORTED: Words(Topic.PRIVACY, "запрошена копия своих данных"),
    Action.PERSON_DELETED: Words(Topic.PRIVACY, "удалены данные человека"),
    Action.AUDIT_SEEN: Words(Topic.PRIVACY, "открыт журнал действий"),
    Action.IOM_SEEN: Words(Topic.ROUTES, "открыт маршрут педагога"),
    Action.IOM_EVIDENCE_SEEN: Words(Topic.ROUTES, "открыт файл-подтверждение педагога"),
    Action.IOM_AGREED: Words(Topic.ROUTES, "согласован маршрут"),
    Action.IOM_RETURNED: Words(Topic.ROUTES, "маршрут возвращён на доработку"),
    Action.IOM_MENTOR_SET: Words(Topic.ROUTES, "изменён наставник маршрута"),
    Action.IOM_EXPORTED: Words(Topic.ROUTES, "выгружен документ маршрута"),
    Action.IOM_PLAN_SET: Words(Topic.ROUTES, "изменён план маршрутов"),
    Action.IOM_MEASURES_CHANGED: Words(Topic.ROUTES, "изменён каталог мероприятий"),
    Action.MENTOR_CARD_SEEN: Words(Topic.MENTORING, "открыта карточка наставника"),
    Action.MENTOR_CARD_APPROVED: Words(Topic.MENTORING, "карточка наставника принята в банк"),
    Action.MENTOR_CARD_RETURNED: Words(Topic.MENTORING, "карточка наставника возвращена"),
    Action.MENTOR_PROPOSED: Words(Topic.MENTORING, "предложено стать наставником"),
    Action.MENTOR_ASKED_FOR: Words(Topic.MENTORING, "подана заявка на наставника за педагога"),
    Action.MENTOR_REQUEST_SEEN: Words(Topic.MENTORING, "открыта заявка на наставника"),
    Action.PAIRS_MATCHED: Words(Topic.MENTORING, "подобраны пары"),
    Action.PAIR_EXCLUDED: Words(Topic.MENTORING, "пара исключена из подбора"),
    Action.PAIR_PROPOSED: Words(Topic.MENTORING, "предложена пара"),
    Action.PAIR_WITHDRAWN: Words(Topic.MENTORING, "отозвано предложение пары"),
    Action.PAIR_SEEN: Words(Topic.MENTORING, "открыта карточка пары"),
    Action.PAIR_STARTED: Words(Topic.MENTORING, "пара начала работу"),
    Action.PAIR_PAUSED: Words(Topic.MENTORING, "пара поставлена на паузу"),
    Action.PAIR_RESUMED: Words(Topic.MENTORING, "пара возвращена с паузы"),
    Action.PAIR_KEPT_ON: Words(Topic.MENTORING, "отклонена просьба завершить пару"),
    Action.PAIR_COMPLETED: Words(Topic.MENTORING, "пара завершена"),
    Action.PAIR_CLOSED: Words(Topic.MENTORING, "пара закрыта раньше срока"),
    Action.PAIRS_SEEN: Words(Topic.MENTORING, "открыт список пар"),
    Action.PAIR_ORDER_EXPORTED: Words(Topic.MENTORING, "выгружен список пар для приказа"),
    Action.MEETINGS_SEEN: Words(Topic.MENTORING, "открыты встречи пары"),
    Action.MEETING_FILE_SEEN: Words(Topic.MENTORING, "открыт файл встречи пары"),
    Action.FIGURES_SEEN: Words(Topic.REPORTS, "открыты показатели"),
    Action.STATEMENT_EXPORTED: Words(Topic.REPORTS, "выгружена справка"),
    Action.PLAN_SET: Words(Topic.REPORTS, "изменён план показателя"),
    Action.AMOUNT_GIVEN: Words(Topic.REPORTS, "введено значение прошлого периода"),
    Action.EVENTS_CHANGED: Words(Topic.EVENTS, "изменён план мероприятий"),
    Action.EVENTS_IMPORTED: Words(Topic.EVENTS, "загружен план мероприятий"),
    Action.EVENT_PEOPLE_SEEN: Words(Topic.EVENTS, "открыт список участников мероприятия"),
}


def actions_of(topic: Topic) -> frozenset[Action]:
    """All actions of a kind."""
    return frozenset(action for action, words in WORDS.items() if words.topic is topic)
