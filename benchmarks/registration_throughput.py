"""Registrations through the real server beside a bare counter UPDATE + INSERT through the same server.

    python benchmarks/registration_throughput.py [--requests 200] [--clients 4] [--ratio 0.25] [--port 8399]

gunicorn as `serve` starts it (2 processes of 4 threads), a benchmark-only URL map (benchmarks.throughput_urls), a scratch
database. Both addresses are called by the same clients in turns of 50 requests; requests a second are compared.
A registration is the whole verb: lock, counter, encrypted row, audit row, mail row; not the form's page and its checks.
"""

import argparse
import http.client
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])  # not this folder: benchmarks may be named as packages are

from benchmarks.scratch import scratch_database

A_TURN = 50


def main() -> int:
    parser = argparse.ArgumentParser(description="Registrations a second.")
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--ratio", type=float, default=0.25)
    parser.add_argument("--port", type=int, default=8399)
    options = parser.parse_args()
    with scratch_database() as vendor:
        server = start(options.port)
        try:
            call(options.port, "/bench/bare/")
            call(options.port, "/bench/register/")
            spent = {"/bench/bare/": 0.0, "/bench/register/": 0.0}
            for _turn in range(options.requests // A_TURN):
                for path in spent:
                    spent[path] += turn(options.port, path, options.clients)
        finally:
            server.terminate()
            server.wait(20)
        taken, rows = stored()
    done = options.requests // A_TURN * A_TURN
    bare, real = (done / seconds for seconds in spent.values())
    print(f"{vendor}: {real:6.1f} registrations a second, {bare:6.1f} bare; ratio {real / bare:4.2f}")
    print(f"stored: {rows} registrations, {taken} seats taken, {done + 1} asked for")
    return 0 if real / bare >= options.ratio and taken == rows == done + 1 else 1


def start(port: int) -> "subprocess.Popen[bytes]":
    """The event and the bare table, then the server."""
    from django.db import connection, connections

    from tests.factories.events import make_event

    make_event(capacity=100_000)
    with connection.cursor() as cursor:
        serial = "serial PRIMARY KEY" if connection.vendor == "postgresql" else "integer PRIMARY KEY AUTOINCREMENT"
        cursor.execute("CREATE TABLE bench_counter (id integer PRIMARY KEY, taken integer, capacity integer)")
        cursor.execute(f"CREATE TABLE bench_row (id {serial}, name text, made text)")
        cursor.execute("INSERT INTO bench_counter VALUES (1, 0, 100000)")
    connections.close_all()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "benchmarks.throughput_urls:application",
        "--bind",
        f"127.0.0.1:{port}",
    ]
    command += ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--preload"]
    command += ["--log-level", "warning", "--no-control-socket"]
    server = subprocess.Popen(command, cwd=sys.path[0], env={**os.environ, "PYTHONPATH": sys.path[0]})
    for _try in range(300):
        with suppress(OSError):
            call(port, "/healthz")
            return server
        time.sleep(0.2)
    server.terminate()
    raise RuntimeError("the server does not answer")


def call(port: int, path: str) -> None:
    """One request. Raises RuntimeError unless the answer is 200."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        client.request("GET", path, headers={"Host": "localhost"})
        answer = client.getresponse()
        answer.read()
    finally:
        client.close()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")


def turn(port: int, path: str, clients: int) -> float:
    """Seconds for one turn."""
    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(lambda _number: call(port, path), range(A_TURN)))
    return time.perf_counter() - began


def stored() -> tuple[int, int]:
    """(seats taken, registrations)."""
    from workshops.models import Occurrence, Registration

    return Occurrence.objects.get().taken, Registration.objects.count()


if __name__ == "__main__":
    sys.exit(main())
