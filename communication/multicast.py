"""Finding hosts by multicast DNS, beside the broadcasts of discovery.py: some networks pass on only the one of them.

    announcement = Announcement(id, describe)      # at the host; the id is its beacon's
    browser = Browser(on_found)                    # at a friend's; on_found(Found), again and again while it is there

`zeroconf` is imported only on their threads: it takes a while, and nothing waits for it. Where multicast does not work
`trouble` says why, and that is all that happens.
"""

import ipaddress
import logging
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec

from communication.discovery import MOST_HOSTS, Found, Hosted, Seeker, addresses, reachable, shown
from communication.link import at, parse

if TYPE_CHECKING:
    from zeroconf import ServiceInfo, Zeroconf

log = logging.getLogger(__name__)

SERVICE = "_roundtable._tcp.local."
WAIT_MS = 1500
"""Milliseconds that a host may take to say where it is."""
ASK_EVERY = 2.0
"""Seconds between two connections that try whether an announced host is still there."""
MOST_PLACES = 8
"""Addresses of one host that are tried."""


class Caster:
    """Base of both: a thread that opens zeroconf, does its work, and closes it."""

    def __init__(self, name: str) -> None:
        self.trouble = ""
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"roundtable-{name}", daemon=True)

    def start(self) -> None:
        """Begin; once only."""
        self._thread.start()

    def cancel(self) -> None:
        """End soon, without waiting for it."""
        self._stop.set()

    def stop(self) -> None:
        """End; waits for the thread, except on the thread itself. May be called again, and before start."""
        self._stop.set()
        if self._thread.ident is not None and self._thread is not threading.current_thread():
            self._thread.join()

    def _run(self) -> None:
        from zeroconf import Error, IPVersion, Zeroconf

        try:
            zeroconf = Zeroconf(ip_version=IPVersion.V4Only)
        except (OSError, Error) as error:
            self._fails(error)
            return
        try:
            self.work(zeroconf)
        except (OSError, Error) as error:
            self._fails(error)
        finally:
            zeroconf.close()

    def _fails(self, error: Exception) -> None:
        self.trouble = str(error) or type(error).__name__
        log.info("multicast does not work here: %s", self.trouble)

    def work(self, zeroconf: "Zeroconf") -> None:
        """Work until `self._stop` is set."""
        raise NotImplementedError


class Announcement(Caster):
    """Tells the network of a host, once: what changes all the time, such as who is there, its beacon answers."""

    def __init__(self, id: str, describe: Callable[[], Hosted]) -> None:
        super().__init__("announcement")
        self._id = id
        self._describe = describe

    def work(self, zeroconf: "Zeroconf") -> None:
        from zeroconf import ServiceInfo

        host = shown(self._describe())
        facts = {
            "id": self._id,
            "name": host.name,
            "scheme": host.scheme,
            "program": host.program,
            "protocol": str(host.protocol),
            "password": "1" if host.password else "",
        }
        info = ServiceInfo(
            SERVICE,
            f"{self._id}.{SERVICE}",
            port=host.port,
            parsed_addresses=addresses(),
            properties=facts,
            server=f"roundtable-{self._id}.local.",
        )
        zeroconf.register_service(info)
        self._stop.wait()


class Browser(Caster):
    """Looks for hosts until stopped, and calls `on_found` on its own threads for each as long as it can be reached.

    A host that crashes takes nothing back of what it announced. So each is asked: by a TCP connection, at once and then
    every few seconds, and by the `seeker`; while that hears the host, it reports it itself, and more fully.
    """

    def __init__(
        self, on_found: Callable[[Found], None], every: float = ASK_EVERY, seeker: Seeker | None = None
    ) -> None:
        super().__init__("browser")
        self._on_found = on_found
        self._every = every
        self._seeker = seeker
        self._known: dict[str, list[Found]] = {}

    def work(self, zeroconf: "Zeroconf") -> None:
        from zeroconf import ServiceBrowser, ServiceStateChange

        def changed(zeroconf: "Zeroconf", service_type: str, name: str, state_change: ServiceStateChange) -> None:
            info = None
            if state_change is not ServiceStateChange.Removed and not self._stop.is_set():
                info = zeroconf.get_service_info(service_type, name, timeout=WAIT_MS)
            self._heard(name, found_in(info) if info else [])

        browser = ServiceBrowser(zeroconf, SERVICE, handlers=[changed])
        while not self._stop.wait(self._every):
            self._ask()
        browser.cancel()

    def _heard(self, name: str, found: list[Found]) -> None:
        """Something was announced under this name; nothing where it was taken back, or makes no sense."""
        if not found:
            self._known.pop(name, None)
        if not found or (name not in self._known and len(self._known) >= MOST_HOSTS):
            return
        self._known[name] = found
        if self._seeker is not None:
            self._seeker.ask(*(_door(one)[0] for one in found))
        self._tell([found])

    def _ask(self) -> None:
        """Ask those hosts of which the seeker hears nothing."""
        seeker, known = self._seeker, self._known.copy().values()
        self._tell([found for found in known if seeker is None or not seeker.hears(found[0].id)])

    def _tell(self, hosts: Sequence[list[Found]]) -> None:
        """Tell of those of these hosts that can be reached."""
        doors = reachable(list(dict.fromkeys(_door(one) for found in hosts for one in found))[:MOST_HOSTS])
        for found in hosts:
            there = next((one for one in found if _door(one) in doors), None)
            if there is not None and not self._stop.is_set():
                self._on_found(there)


def _door(found: Found) -> tuple[str, int]:
    """The address and the port of a host that was announced."""
    address = parse(found.url)
    return address.host, address.port


def found_in(info: "ServiceInfo") -> list[Found]:
    """The host that an answer tells of, once for each of its addresses; nothing where it makes no sense."""
    facts = {
        key.decode(errors="replace"): (value or b"").decode(errors="replace") for key, value in info.properties.items()
    }
    places = [place for place in info.parsed_addresses() if _is_useful(place)]
    try:
        number = int(facts.get("protocol", ""))
        told = {"name": facts.get("name"), "scheme": facts.get("scheme"), "program": facts.get("program")}
        host = msgspec.convert(
            {**told, "port": info.port, "protocol": number, "password": bool(facts.get("password"))}, Hosted
        )
        id = facts["id"]
    except (KeyError, ValueError, msgspec.ValidationError):
        return []
    if not 8 <= len(id) <= 64:
        return []
    return [Found(id, f"{host.scheme}://{at(place, host.port)}", shown(host), None) for place in places[:MOST_PLACES]]


def _is_useful(place: str) -> bool:
    address = ipaddress.ip_address(place)
    return address.version == 4 and not address.is_loopback
