"""The runner of a job of our tools."""


def runner(user_email: str, pulsar_user: str) -> str:
    """One user's jobs run through Pulsar, so that one server does with both runners."""
    return "pulsar" if user_email == pulsar_user else "local"
