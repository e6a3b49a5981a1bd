"""A mail server of a test's own: takes what comes, into a folder, and says on which port it listens.

Each message is NUMBER.eml with NUMBER.json beside it: sender, receivers, whether it came over TLS, and who logged in.
Receivers whose address begins with `nobody` are refused.
"""
import argparse
import asyncio
import json
import ssl

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

arguments = argparse.ArgumentParser()
arguments.add_argument("folder")
arguments.add_argument("--certificate", help="PEM of certificate and key, for TLS")
arguments.add_argument("--implicit", action="store_true", help="TLS before the first word")
arguments.add_argument("--user", help="user:password")
chosen = arguments.parse_args()


class Sink:
    count = 0

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address.startswith("nobody"):
            return "550 5.1.1 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        Sink.count += 1
        name = f"{chosen.folder}/{Sink.count}"
        with open(name + ".eml", "wb") as file:
            file.write(envelope.original_content)
        about = {
            "from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": session.ssl is not None or chosen.implicit,
            "user": session.auth_data.login.decode() if session.auth_data else None,
        }
        with open(name + ".json", "w") as file:
            json.dump(about, file)
        return "250 taken"


def authenticate(server, session, envelope, mechanism, data):
    isRight = isinstance(data, LoginPassword) and f"{data.login.decode()}:{data.password.decode()}" == chosen.user
    return AuthResult(success=isRight, handled=False, auth_data=data)


async def main():
    context = None
    if chosen.certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(chosen.certificate)
    isStartTLS = context is not None and not chosen.implicit

    def protocol():
        return SMTP(
            Sink(), tls_context=context if isStartTLS else None, require_starttls=isStartTLS,
            authenticator=authenticate if chosen.user else None, auth_required=chosen.user is not None, auth_require_tls=isStartTLS,
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(protocol, "127.0.0.1", 0, ssl=context if chosen.implicit else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
