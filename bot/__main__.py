"""`python -m bot`: the command line."""

import os

import typer

from bot.commands.backup import backup
from bot.commands.doctor import doctor
from bot.commands.instrument import instrument
from bot.commands.invite import invite
from bot.commands.iom import iom
from bot.commands.report import note_template, report
from bot.commands.roster import roster
from bot.commands.run import migrate, run
from bot.commands.sandbox import sandbox
from bot.commands.school import school
from bot.commands.score import score

app = typer.Typer(
    name="bot",
    help="Бот службы поддержки педагогов: диагностика, отчёты, приглашения.\n\n"
    "Настройки берутся из переменных окружения и файла .env. Первый запуск без настоящего бота: "
    "python -m bot sandbox. Проверить настройки: python -m bot doctor.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(run)
app.command()(sandbox)
app.command()(doctor)
app.command()(migrate)
app.command()(backup)
app.add_typer(school, name="school")
app.add_typer(roster, name="roster")
app.command()(invite)
app.command()(score)
app.command()(report)
app.command()(note_template)
app.add_typer(instrument, name="instrument")
app.add_typer(iom, name="iom")

if __name__ == "__main__":
    # The database, backups and scored sheets hold personal data: files are made for their owner alone.
    os.umask(0o077)
    app(prog_name="python -m bot")
