"""Your definitions. This sample is made once and then yours."""

import dagster as dg


@dg.asset
def greeting() -> str:
    return "hello"


@dg.asset
def answer(context: dg.AssetExecutionContext, greeting: str) -> str:
    context.log.info(greeting)
    return f"{greeting}, world"


daily = dg.define_asset_job("daily", selection=["greeting", "answer"])

defs = dg.Definitions(
    assets=[greeting, answer],
    jobs=[daily],
    schedules=[dg.ScheduleDefinition(job=daily, cron_schedule="0 6 * * *")],
)
