"""What a doctor's report says: every way in which somebody is not found has words and help of its own."""

import pytest

from communication.discovery import Found, Hosted
from communication.doctor import Asked, End, Knocked, Report
from work.doctor_words import as_text, findings

WIFI = Asked("Wi-Fi", "", "192.168.1.7/24", "192.168.1.255")
HOME = Asked("this computer", "", "127.0.0.1/8", "127.0.0.1")
MEI = Found("0123456789", "ws://192.168.1.20:8765", Hosted(name="Mei", port=8765, program="0.1.0", protocol=3), 0.001)


def said(report: Report) -> str:
    return " ".join(f"{finding.text} {finding.help}" for finding in findings(report))


def test_nobody_found_leads_to_firewall_network_and_guest_wifi() -> None:
    words = said(Report([HOME, WIFI]))
    assert all(word in words for word in ("firewall", "192.168.1.", "guest Wi-Fi", "nobody answered"))


def test_who_is_found_needs_no_advice() -> None:
    words = said(Report([HOME, Asked("Wi-Fi", "", "192.168.1.7/24", "192.168.1.255", answers=1)], [MEI]))
    assert "Mei answers at ws://192.168.1.20:8765" in words
    assert "firewall" not in words


def test_a_computer_without_a_network_is_told_so() -> None:
    assert "no network" in said(Report([HOME]))


def test_a_vpn_and_a_network_inside_are_named() -> None:
    vpn = Asked("tun0", "vpn", "10.8.0.2/24", "10.8.0.255")
    inside = Asked("docker0", "virtual", "172.17.0.1/16", "172.17.255.255", "no")
    words = said(Report([HOME, WIFI, vpn, inside]))
    assert "VPN" in words
    assert "inside this computer" in words
    assert "begin like yours: 192.168.1." in words


def test_blocked_multicast_is_said() -> None:
    assert "No such device" in said(Report([HOME, WIFI], multicast="No such device"))


@pytest.mark.parametrize(
    ("end", "near", "answers", "words"),
    [
        ("host", True, True, "you can join"),
        ("no_such_name", True, False, "figures"),
        ("refused", True, False, "nobody hosts"),
        ("stranger", True, False, "else than Roundtable"),
        ("stranger", False, False, "none of your networks"),
        ("silent", False, False, "none of your networks"),
        ("silent", True, False, "guest Wi-Fi"),
        ("silent", True, True, "half of what is needed"),
        ("unreachable", False, False, "same router"),
    ],
)
def test_each_end_of_an_address_has_words_of_its_own(end: End, near: bool, answers: bool, words: str) -> None:
    knocked = Knocked("ws://192.168.1.20:8765", end, "192.168.1.20", near, "why", answers)
    report = Report([HOME, WIFI], knocked=knocked)
    first = findings(report)[0]
    assert words in f"{first.text} {first.help}"
    assert first.kind == ("good" if end == "host" else "bad")


def test_the_text_to_send_has_every_finding_on_a_line() -> None:
    report = Report([HOME, WIFI])
    lines = as_text(report, "0.1.0").splitlines()
    assert "0.1.0" in lines[0]
    for finding in findings(report):
        assert any(finding.text in line for line in lines)
