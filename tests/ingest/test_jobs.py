from __future__ import annotations

from dataclasses import dataclass

from digest.ingest.jobs import JobQueue, Ticket


@dataclass
class Clock:
    now: float = 100.0

    def __call__(self) -> float:
        return self.now


def taken(queue: JobQueue[str]) -> list[str]:
    """Everything that may be started now."""
    found = []
    while (ticket := queue.poll()) is not None:
        found.append(ticket.job)
    return found


def test_feeds_come_before_pages_and_hosts_take_turns() -> None:
    queue: JobQueue[str] = JobQueue(10, 10, delay=0)
    for job in ("a1", "a2", "b1", "b2"):
        queue.put(job, f"https://{job[0]}.example/{job}")
    queue.put("feed", "https://c.example/feed", urgent=True)
    assert taken(queue) == ["feed", "a1", "b1", "a2", "b2"]


def test_a_host_has_few_connections_and_the_run_a_few_more() -> None:
    queue: JobQueue[str] = JobQueue(3, 2, delay=0)
    for number in range(4):
        queue.put(f"a{number}", "https://a.example/")
        queue.put(f"b{number}", "https://b.example/")
    first = queue.poll()
    assert first is not None
    assert taken(queue) == ["b0", "a1"]
    queue.give_back(first)
    assert taken(queue) == ["b1"]


def test_pages_of_a_host_are_spaced_and_feeds_are_not() -> None:
    clock = Clock()
    queue: JobQueue[str] = JobQueue(10, 10, delay=0.5, clock=clock)
    for job in ("p1", "p2", "p3"):
        queue.put(job, "https://a.example.org/")
    for job in ("f1", "f2"):
        queue.put(job, "https://a.example.org/", urgent=True)
    assert taken(queue) == ["f1", "f2", "p1"]
    clock.now += 0.4
    assert taken(queue) == []
    clock.now += 0.2
    assert taken(queue) == ["p2"]


def test_ones_own_machine_needs_no_pause_unless_it_asks() -> None:
    clock = Clock()
    queue: JobQueue[str] = JobQueue(10, 10, clock=clock)
    for job in ("p1", "p2", "p3", "p4"):
        queue.put(job, "http://127.0.0.1:8000/")
    queue.slow_down("http://127.0.0.1:8000/robots.txt", 3)
    assert taken(queue) == ["p1"]
    clock.now += 3
    assert taken(queue) == ["p2"]
    other: JobQueue[str] = JobQueue(10, 10, clock=clock)
    for job in ("p1", "p2"):
        other.put(job, "http://127.0.0.1:8000/")
    assert taken(other) == ["p1", "p2"]


def test_a_name_that_is_nobodys_needs_no_pause_unless_it_asks() -> None:
    clock = Clock()
    queue: JobQueue[str] = JobQueue(10, 10, clock=clock)
    for host in ("a.example", "b.test:8080", "c.invalid", "example.org"):
        for number in (1, 2):
            queue.put(f"{host} {number}", f"http://{host}/{number}")
    queue.slow_down("http://c.invalid/robots.txt", 3)
    assert taken(queue) == [
        "a.example 1",
        "b.test:8080 1",
        "c.invalid 1",
        "example.org 1",
        "a.example 2",
        "b.test:8080 2",
    ]


def test_a_host_that_wants_to_be_left_alone_is() -> None:
    clock = Clock()
    queue: JobQueue[str] = JobQueue(10, 10, delay=0, clock=clock)
    queue.put("a", "https://a.example/1")
    queue.put("b", "https://b.example/1")
    queue.leave_alone("https://a.example/2", 20)
    assert taken(queue) == ["b"]
    clock.now += 20
    assert taken(queue) == ["a"]


def test_what_needs_no_network_never_waits() -> None:
    queue: JobQueue[str] = JobQueue(1, 1)
    queue.put("page", "https://a.example/")
    queue.put("text 1", "")
    queue.put("text 2", "")
    assert taken(queue) == ["text 1", "text 2", "page"]


def test_a_closed_queue_hands_out_nothing() -> None:
    queue: JobQueue[str] = JobQueue(1, 1)
    queue.put("page", "https://a.example/")
    queue.close()
    assert queue.take() is None


def test_take_waits_for_its_turn_in_time() -> None:
    queue: JobQueue[str] = JobQueue(1, 1, delay=0.01)
    queue.put("1", "https://a.example.org/")
    queue.put("2", "https://a.example.org/")
    first = queue.take()
    assert first == Ticket("1", "a.example.org")
    queue.give_back(first)
    assert queue.take() == Ticket("2", "a.example.org")
