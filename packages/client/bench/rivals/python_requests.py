"""Python's requests, in as many threads as there are requests at once. Speaks as contestant-process.mjs does."""
import json
import sys
import threading
import time

import requests

url = sys.argv[1]
path = "/api/v2/conversations/messaging/contacts/6f9d8c1e-6d1b-4c8e-9a55-0d5a7a0d8f11/messages"
headers = {
    "authorization": "Bearer a-token-of-some-length-such-as-servers-give-out-0123456789",
    "accept": "application/json",
}
message = {
    "type": "message",
    "content": {
        "type": "quick-reply",
        "title": "Your order has left our warehouse. May we leave it with a neighbour?",
        "choices": [{"label": "Yes", "value": "neighbour-yes"}, {"label": "No", "value": "neighbour-no"}],
    },
}
sessions = {}


def work(number, end, counts):
    session = sessions.setdefault(number, requests.Session())
    while time.perf_counter() < end:
        session.post(url + path, json=message, headers=headers).json()
        counts[number] += 1


def measure(at_once, ms):
    counts = [0] * at_once
    cpu_before, started_at = time.process_time(), time.perf_counter()
    end = started_at + ms / 1000
    threads = [threading.Thread(target=work, args=(number, end, counts)) for number in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds, cpu = time.perf_counter() - started_at, time.process_time() - cpu_before
    return {"perSecond": sum(counts) / seconds, "cpuUs": cpu * 1e6 / sum(counts)}


for line in sys.stdin:
    settings = json.loads(line)
    print(json.dumps(measure(settings["atOnce"], settings["ms"])), flush=True)
