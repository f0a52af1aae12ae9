"""What wss:// needs of TLS: one context for each side, and a plain sentence when it cannot be had."""

from __future__ import annotations

import socket
import ssl
import time

from communication.link import Address, LinkError
from communication.ways.sockets import nobody


def server_context(certificate: str, key: str) -> ssl.SSLContext:
    """The listener's side, from a certificate chain and a private key in PEM files; LinkError when they are no good."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        # The empty password keeps OpenSSL from asking for one on the terminal: an encrypted key is refused.
        context.load_cert_chain(certificate, key, password="")
    except ssl.SSLError as error:
        why = (error.reason or "they are not PEM files").replace("_", " ").lower()
        raise LinkError(f"the certificate {certificate} with the key {key} cannot be used: {why}") from error
    except OSError as error:
        raise LinkError(f"the certificate {certificate} with the key {key} cannot be read: {error.strerror}") from error
    return context


def wrap_accepted(context: ssl.SSLContext, sock: socket.socket) -> ssl.SSLSocket:
    """An accepted socket under TLS; its first reads do the handshake, so nobody waits for it."""
    sock.setblocking(False)
    return context.wrap_socket(sock, server_side=True, do_handshake_on_connect=False)


def wrap_dialled(sock: socket.socket, address: Address, deadline: float, ca: str | None) -> ssl.SSLSocket:
    """A dialled socket under TLS, the other side's certificate checked against ca or the system's list."""
    try:
        context = ssl.create_default_context(cafile=ca)
    except OSError as error:
        raise LinkError(f"the certificates in {ca} cannot be used: {error.strerror or error}") from error
    try:
        sock.settimeout(max(0.001, deadline - time.monotonic()))
        return context.wrap_socket(sock, server_hostname=address.host)
    except ssl.SSLCertVerificationError as error:
        raise LinkError(f"the certificate of {address.text} is not to be trusted: {error.verify_message}") from error
    except TimeoutError:
        raise LinkError(nobody(address)) from None
    except OSError as error:
        raise LinkError(f"what answers at {address.text} does not speak TLS") from error
