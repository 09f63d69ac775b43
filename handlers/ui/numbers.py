"""Numbers that callback data may hold: forged ones that no column holds make the button an unknown one."""

from typing import Annotated

from pydantic import Field

Id = Annotated[int, Field(ge=1, lt=2**63)]
Count = Annotated[int, Field(ge=0, lt=2**31)]
