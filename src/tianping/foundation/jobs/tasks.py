"""与 django-tasks 的接口：the one place that names the package. On Django 6 the first import becomes django.tasks."""

from __future__ import annotations

from django_tasks import TaskContext, task

__all__ = ["run_job", "task"]


@task(takes_context=True)
def run_job(context: TaskContext, public_id: str) -> None:
    """凭号条运行一项任务：whatever the job comes to stands in its own row, so that the ticket never fails for it."""
    # services issues tickets for this function, and running calls services: imported here, there is no circle.
    from tianping.foundation.jobs import running

    drawn = context.task_result
    running.run(public_id, ticket=str(drawn.id), worker=drawn.worker_ids[-1])
