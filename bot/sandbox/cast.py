"""The people one can be in the sandbox. All invented."""

from dataclasses import dataclass

from services.people.model import Profile, Role

MUNICIPALITY = "Сосновский район"
SCHOOLS = (
    "Школа № 1",
    "Школа № 2",
    "Гимназия № 3",
    "Лицей № 4",
    "Ключевская школа",
    "Лесная начальная школа",
)
"""The last has too few teachers for a report, on purpose."""


@dataclass(frozen=True, slots=True)
class Character:
    """Somebody with a chat in the sandbox. `school` is the place in SCHOOLS, None for the whole municipality.

    `answered` are the numbers of answers in the tests taken, the oldest first; `profile` is None for newcomers,
    who get an invite instead.
    """

    account_id: int
    first_name: str
    last_name: str
    role: str
    hint: str
    roles: tuple[Role, ...] = ()
    school: int | None = None
    profile: Profile | None = None
    answered: tuple[int, ...] = ()


CAST = (
    Character(
        5001,
        "Марина",
        "Соколова",
        "педагог",
        "ещё не зарегистрирована, есть приглашение",
        (Role.TEACHER,),
        0,
    ),
    Character(
        5002,
        "Ольга",
        "Ветрова",
        "педагог",
        "остановилась на середине теста",
        (Role.TEACHER,),
        0,
        Profile("Ветрова Ольга Игоревна", "Учитель", "Математика", 24, 1976),
        (41,),
    ),
    Character(
        5003,
        "Андрей",
        "Лугин",
        "педагог",
        "прошёл тест три раза",
        (Role.TEACHER,),
        1,
        Profile("Лугин Андрей Сергеевич", "Учитель", "История и обществознание", 6, 1995),
        (84, 84, 84),
    ),
    Character(
        5004,
        "Галина",
        "Осипова",
        "наставник",
        "педагог и наставник",
        (Role.TEACHER, Role.MENTOR),
        0,
        Profile("Осипова Галина Павловна", "Учитель начальных классов", "Начальные классы", 31, 1970),
        (84,),
    ),
    Character(
        5005,
        "Наталья",
        "Крылова",
        "куратор",
        "завуч: куратор, наставник и педагог сразу",
        (Role.CURATOR, Role.MENTOR, Role.TEACHER),
        0,
        Profile("Крылова Наталья Викторовна", "Заместитель директора", "Русский язык и литература", 22, 1978),
        (84,),
    ),
    Character(
        5006,
        "Татьяна",
        "Белова",
        "куратор",
        "маленькая школа: результаты скрыты",
        (Role.CURATOR,),
        5,
        Profile("Белова Татьяна Юрьевна", "Директор", "Не веду предмет", 27, 1973),
    ),
    Character(
        5007,
        "Ирина",
        "Громова",
        "методист",
        "весь район",
        (Role.METHODIST,),
        None,
        Profile("Громова Ирина Алексеевна", "Методист", "Не веду предмет", 19, 1981),
    ),
    Character(5008, "Сергей", "Дёмин", "администратор", "назначен в настройках: начните с /start"),
    Character(
        5009,
        "Вера",
        "Томилина",
        "психолог",
        "педагог-психолог: ей можно показать свой результат",
        (Role.TEACHER,),
        1,
        Profile("Томилина Вера Андреевна", "Педагог-психолог", "Не веду предмет", 9, 1988),
    ),
    Character(
        5010,
        "Анна",
        "Петрова",
        "молодой педагог",
        "первый год в школе, есть наставник",
        (Role.TEACHER,),
        0,
        Profile("Петрова Анна Олеговна", "Учитель", "Математика", 0, 2003),
    ),
)
ADMINS = frozenset({5008})
