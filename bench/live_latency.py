#!/usr/bin/env python3
"""How long after a deal's answer it is seen on a socket: live_latency.py URL KEY [DEALS] [SOCKETS].

Posts deals one after the other and listens on SOCKETS sockets of the same workspace. A negative figure means that the
socket was told before the answer had arrived; both follow the commit.
"""
import base64
import json
import os
import selectors
import socket
import statistics
import sys
import time
import urllib.parse
import urllib.request


def connect(url, key):
    at = urllib.parse.urlparse(url)
    s = socket.create_connection((at.hostname, at.port or 80))
    s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    s.sendall((f"GET /ws/deals HTTP/1.1\r\nHost: {at.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
               f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\n"
               f"X-API-Key: {key}\r\n\r\n").encode())
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += s.recv(1)
    if b" 101 " not in head.split(b"\r\n")[0]:
        sys.exit(f"the handshake was refused: {head.splitlines()[0].decode()}")
    return s


def frames(data):
    """The texts of all whole frames in `data`, which they are taken out of."""
    while len(data) >= 2:
        size, start = data[1] & 127, 2
        if size == 126:
            size, start = int.from_bytes(data[2:4], "big"), 4
        elif size == 127:
            size, start = int.from_bytes(data[2:10], "big"), 10
        if len(data) < start + size:
            return
        opcode, text = data[0] & 15, bytes(data[start:start + size])
        del data[:start + size]
        if opcode == 1:
            yield text


def main(url, key, deals=200, sockets=1):
    selector = selectors.DefaultSelector()
    for _ in range(sockets):
        selector.register(connect(url, key), selectors.EVENT_READ, bytearray())
    time.sleep(1)
    answered, seen = {}, {}

    def listen(seconds):
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            for ready, _ in selector.select(left):
                ready.data.extend(ready.fileobj.recv(1 << 16))
                for text in frames(ready.data):
                    event = json.loads(text)
                    if event["type"] == "deal.created":
                        seen.setdefault(event["subject"], []).append(time.perf_counter())

    for i in range(deals):
        request = urllib.request.Request(
            url + "/api/sales/deals/api", json.dumps({"name": f"Latency {os.getpid()} {i}", "value": i}).encode(),
            {"X-API-Key": key, "Content-Type": "application/json"})
        with urllib.request.urlopen(request) as answer:
            deal = json.load(answer)["deal"]["id"]
        answered[deal] = time.perf_counter()
        listen(0.02)
    listen(2)
    delays = sorted((at - answered[deal]) * 1000 for deal in answered for at in seen.get(deal, []))
    if len(delays) < deals * sockets:
        sys.exit(f"{deals * sockets - len(delays)} of {deals * sockets} events did not come")
    print(f"{deals} deals, {sockets} sockets: p50 {statistics.median(delays):.1f} ms, "
          f"p99 {delays[int(len(delays) * 0.99)]:.1f} ms, most {delays[-1]:.1f} ms after the answer")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), sys.argv[2], *map(int, sys.argv[3:]))
