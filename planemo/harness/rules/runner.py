"""The environment of a job of our tools."""


def environment(user_email: str, by_user: dict[str, str]) -> str:
    """Some users have their jobs run in an environment of their own, so that one server does with all of them."""
    return by_user.get(user_email, "local")
