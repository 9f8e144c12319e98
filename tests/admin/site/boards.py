"""Reads the desk's home: its sections by name, and the text of their rows."""

from typing import Any
from xml.etree.ElementTree import Element

from django.test import Client

from reviews.models import Critic
from tests.desk.planning.agendas import somebody_who_writes
from tests.reading import Document, written

HOME = "/admin/"


def home(client: Client) -> Document:
    response = client.get(HOME)
    assert response.status_code == 200
    return Document(response.content.decode())


def section(page: Document, name: str) -> Element:
    (found,) = page.all(f".//section[@aria-labelledby='board-{name}']")
    return found


def said(page: Document, name: str) -> str:
    """A section's text, its heading first."""
    return written(section(page, name))


def rows(page: Document, name: str) -> list[str]:
    """The text of each row of a section."""
    return [written(row) for row in section(page, name).findall("./*/li")]


def links(within: Element) -> dict[str, str]:
    return {written(link): link.get("href", "") for link in within.iter("a")}


def critics_client(**overrides: Any) -> tuple[Client, Critic]:
    account, critic = somebody_who_writes(**overrides)
    client = Client()
    client.force_login(account)
    return client, critic
