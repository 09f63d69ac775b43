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


TOPIC_TITLES = {
    Topic.PEOPLE: "Люди",
    Topic.ROLES: "Роли и ссылки",
    Topic.CAMPAIGNS: "Опросы",
    Topic.REPORTS: "Отчёты",
    Topic.PRIVACY: "Данные",
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
}


def actions_of(topic: Topic) -> frozenset[Action]:
    """All actions of a kind."""
    return frozenset(action for action, words in WORDS.items() if words.topic is topic)
