"""What a doctor's report means, in words: what was looked at, what is wrong, and what helps."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from communication.doctor import Asked, Knocked, Report
from communication.link import PORT
from work.language import _, ngettext, spoken

Kind: TypeAlias = Literal["good", "bad", "hint"]


@dataclass(frozen=True)
class Finding:
    """One thing that was found out, and what helps; `kind` is how it is meant."""

    kind: Kind
    text: str
    help: str = ""


def findings(report: Report) -> list[Finding]:
    """Everything that a report tells; what matters most comes first."""
    told: list[Finding] = []
    if report.knocked is not None:
        told.append(_knocked(report.knocked))
    told += [
        Finding("good", _("{host} answers at {address}.").format(host=found.host.name, address=found.url))
        for found in report.hosts
    ]
    networks = [asked for asked in report.asked if not asked.network.startswith("127.")]
    real = [asked for asked in networks if not asked.kind]
    if not networks:
        told.append(
            Finding("bad", _("This computer is in no network."), _("Switch on its Wi-Fi, or plug in the cable."))
        )
    told += [_asked(asked) for asked in networks]
    if report.multicast:
        told.append(Finding("hint", _("Looking by multicast does not work here: {why}.").format(why=report.multicast)))
    if not report.hosts and networks:
        told += _advice(real or networks)
    return told


def as_text(report: Report, program: str) -> str:
    """The whole report as lines, to be sent to somebody who can help."""
    marks: dict[Kind, str] = {"good": "+", "bad": "!", "hint": "-"}
    lines = [_("Roundtable {version}: who is found, and why not").format(version=program)]
    for finding in findings(report):
        lines.append(f"{marks[finding.kind]} {finding.text}")
        lines += [f"    {finding.help}"] if finding.help else []
    return "\n".join(lines)


def _asked(asked: Asked) -> Finding:
    where = f"{asked.adapter} ({asked.network})"
    if asked.trouble:
        text = _("{adapter}: nothing can be sent to {address}: {why}.")
        return Finding("bad", text.format(adapter=where, address=asked.target, why=asked.trouble), _vpn(asked))
    if asked.answers:
        text = ngettext(
            "{adapter}: asked {address}, one host answered.",
            "{adapter}: asked {address}, {count} hosts answered.",
            asked.answers,
        )
        return Finding("good", text.format(adapter=where, address=asked.target, count=asked.answers))
    text = _("{adapter}: asked {address}, nobody answered.")
    return Finding("hint", text.format(adapter=where, address=asked.target), _vpn(asked))


def _vpn(asked: Asked) -> str:
    if asked.kind == "vpn":
        return _("That looks like a VPN. It may keep you out of your own network: switch it off while you play.")
    if asked.kind == "virtual":
        return _("That is a network inside this computer; friends are not in it.")
    return ""


def _advice(networks: list[Asked]) -> list[Finding]:
    beginnings = ", ".join(dict.fromkeys(f"{asked.network.rpartition('.')[0]}." for asked in networks))
    return [
        Finding(
            "hint",
            _("Does somebody host already?"),
            _('One of you presses "Host a table" first; the others find that table.'),
        ),
        Finding(
            "hint",
            _("Is the host's firewall in the way?"),
            _(
                "On the host's computer, Roundtable must be allowed in private networks. On Windows: Settings, "
                "Firewall, Allow an app. Elsewhere: open TCP port {port} and UDP ports 8766 to 8769."
            ).format(port=PORT),
        ),
        Finding(
            "hint",
            _("Are you in the same network?"),
            _("Your friend's address should begin like yours: {beginnings}").format(beginnings=beginnings),
        ),
        Finding(
            "hint",
            _("Is this a guest Wi-Fi, as in a hotel or a school?"),
            _("Such networks keep devices apart. A phone's hotspot or a cable helps."),
        ),
    ]


def _knocked(knocked: Knocked) -> Finding:
    address = knocked.address
    if knocked.end == "host":
        return Finding("good", _("A host answers at {address}: you can join it.").format(address=address))
    far = _(
        "{ip} is in none of your networks. Your friend must be in the same Wi-Fi or at the same router, and no VPN on."
    ).format(ip=knocked.ip)
    if knocked.end == "no_such_name":
        text = _("No computer is known by the name in {address}.")
        return Finding("bad", text.format(address=address), _("Type the figures that the host's window shows."))
    if knocked.end == "refused":
        text = _("{ip} is there, but nobody hosts at this port.")
        help = _("Is it the right address, and is the table still open? The host's window shows both.")
        return Finding("bad", text.format(ip=knocked.ip), help)
    if knocked.end == "stranger":
        text = _("Something else than Roundtable answers at {address}: {why}.")
        return Finding("bad", text.format(address=address, why=spoken(knocked.why)), "" if knocked.near else far)
    if not knocked.near:
        return Finding("bad", _("{address} does not answer.").format(address=address), far)
    if knocked.answers:
        text = _("{ip} is there and answers to questions, but lets nobody in.")
        help = _("Its firewall lets through half of what is needed: allow Roundtable for private networks, TCP too.")
        return Finding("bad", text.format(ip=knocked.ip), help)
    text = _("{address} does not answer, though it is in your network.")
    help = _(
        "Most likely its firewall says nothing: the host has to allow Roundtable for private networks. Or this is a "
        "guest Wi-Fi, which keeps devices apart."
    )
    return Finding("bad", text.format(address=address), help)
