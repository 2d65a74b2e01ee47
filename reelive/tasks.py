"""What background work is declared with: Django's own tasks from 6.0 on, django-tasks before."""

import django

if django.VERSION >= (6, 0):
    from django.tasks import TaskContext, TaskResultStatus, task
else:
    from django_tasks import TaskContext, TaskResultStatus, task

__all__ = ["TaskContext", "TaskResultStatus", "task"]
