"""What organisations propose for their desks goes the way of Wagtail's drafts: the publishers' workflow looks at it."""

from django.db import migrations

KIND = ("directory", "consultationdesk")
ITS_FIRST_NAME = "Moderators approval"  # Wagtail's migration makes it; it may have been renamed since


def give_workflow(apps, schema_editor):
    workflows = apps.get_model("wagtailcore", "Workflow").objects.filter(active=True)
    workflow = workflows.filter(name=ITS_FIRST_NAME).first() or workflows.order_by("pk").first()
    if workflow is None:
        return
    kind, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=KIND[0], model=KIND[1])
    apps.get_model("wagtailcore", "WorkflowContentType").objects.get_or_create(
        content_type=kind, defaults={"workflow": workflow}
    )


def take_workflow(apps, schema_editor):
    apps.get_model("wagtailcore", "WorkflowContentType").objects.filter(
        content_type__app_label=KIND[0], content_type__model=KIND[1]
    ).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0008_open_data"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(give_workflow, take_workflow)]
