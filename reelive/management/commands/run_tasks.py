"""The process that does background work; `python -m reelive.serve` starts it and watches over it."""

from django.core.management.base import BaseCommand

from reelive.worker import Worker, worker_name


class Command(BaseCommand):
    help = "Sends letters and makes the smaller widths of pictures, until it is asked to stop."

    def handle(self, *args, **options):
        Worker(worker_name()).run()
