"""Tool results of recorded agent sessions: nothing is trained or set on them, they only show how the model does on what agents really read."""
import collections
import gzip
import json

from .collect import shingles
from .examples import NO, YES, Example

# Share of the runs of words that several attacked sessions read and no harmless one, which a result must hold to count as attacked.
LEAST_SHARED = 0.3
MOST_OF_A_GROUP = 400


def recorded_examples(folder):
    """Results that hold an attack, by its name, and results of sessions that were not attacked, by suite. Others are left out."""
    sessions = [json.loads(line) for file in sorted(folder.rglob("*.jsonl.gz")) for line in gzip.open(file, "rt", encoding="utf-8")]
    harmless = [session for session in sessions if not session["labels"]["attacked"]]
    plain = {run for session in harmless for text in results_of(session) for run in shingles(text)}
    groups = collections.defaultdict(set)
    for session in harmless:
        groups[f"recorded:{session['suite'].split('/')[0]}"].update(results_of(session))
    for name, texts in injected([session for session in sessions if session["labels"]["attacked"]], plain):
        groups[f"recorded attack:{name}"].update(texts)
    for group, texts in sorted(groups.items()):
        label = YES if "attack:" in group else NO
        for text in sorted(texts)[:: -(-len(texts) // MOST_OF_A_GROUP)]:
            yield Example(text, (label, label, NO), ("tool_result",), group)


def injected(sessions, plain):
    """(attack, texts): what is injected is what several users' sessions under the same attack read, and no harmless session."""
    users = collections.defaultdict(lambda: collections.defaultdict(set))
    for session in sessions:
        for text in results_of(session):
            for run in shingles(text) - plain:
                users[attack_of(session)][run].add(session["user_task"])
    several = {attack: {run for run, tasks in runs.items() if len(tasks) > 1} for attack, runs in users.items()}
    for session in sessions:
        runs = several[attack_of(session)]
        yield session["attack"], [text for text in results_of(session) if runs and len(shingles(text) & runs) >= LEAST_SHARED * len(runs)]


def attack_of(session):
    return (session["suite"], session["attack"], str(session["injection_task"]))


def results_of(session):
    return {event["text"] for event in session["events"] if event["type"] == "tool_result" and event["text"]}
