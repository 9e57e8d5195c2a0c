from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Settings, addresses, how figures are written, and the commands that span all apps."""

    name = "config"
