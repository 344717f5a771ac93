"""The worker's process: `python -m luoshi.config.worker` beside the web server."""

from luoshi.config.preparing import wake_django

if __name__ == "__main__":
    wake_django()
    from luoshi.outbox.worker import work_until_stopped

    work_until_stopped()
