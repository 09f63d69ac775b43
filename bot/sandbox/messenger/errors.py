"""Refusals of the Bot API."""

from __future__ import annotations


class ApiError(Exception):
    """A refusal as the Bot API words it.

    `code` is both the HTTP status and `error_code` of the answer, `description` is shown as it is,
    `retry_after` (whole seconds) accompanies code 429 only.
    """

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.retry_after = retry_after


def bad_request(reason: str) -> ApiError:
    """400 with Telegram's usual prefix."""
    return ApiError(400, f"Bad Request: {reason}")


def too_many_requests(retry_after: int) -> ApiError:
    """429 that asks to wait `retry_after` whole seconds."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after)


def not_implemented(what: str) -> ApiError:
    """501 for what the real Bot API has and this server has not: loud, never a polite `true`."""
    return ApiError(501, f"not implemented by this server: {what}")
