"""What `tests/lab/serve` lets Dagster load: one asset, and a job whose op starts a child process."""

import subprocess
import sys

import dagster


@dagster.asset
def figures():
    return [1, 2, 3]


@dagster.op
def child_sees_dagster():
    # Executors and launchers start children like this; a bare interpreter would see nothing.
    subprocess.run([sys.executable, "-c", "import dagster"], check=True)


@dagster.job
def proof():
    child_sees_dagster()


defs = dagster.Definitions(assets=[figures], jobs=[proof])
