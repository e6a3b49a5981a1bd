"""Drives Chromium through every page of a served Vaktlast in every state, and says what is wrong; exit code 1 where something is.

Usage: pages.py FULL EMPTY PASSWORD [--shots FOLDER]

FULL and EMPTY are addresses: one with data, one without any. Both have accounts leader, technician, planner, central, admin, and biri (a leader of
one zone), all with PASSWORD. The pages are those that the site's own bars name, so that a new page is looked at without being listed here.
"""

import argparse
import asyncio
import re
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from playwright.async_api import async_playwright

import findings

CHROMIUM = "/usr/bin/chromium"
AT_ONCE = 2
ROLES = ("technician", "planner", "central", "admin", "biri")
LANGUAGES = ("nn", "en")
# Addresses that answer but are named by no bar: without any of these pages a state would not be seen.
LOGIN = "/logg-inn"
PURPOSE = "/formaal"


@dataclass
class Visit:
    """A page in a state, and how thoroughly it is looked at."""

    base: str
    path: str
    state: str
    account: str | None
    status: int = 200
    is_thorough: bool = False
    language: str | None = None
    found: list = field(default_factory=list)

    @property
    def name(self):
        return f"{self.path} ({self.state})"

    @property
    def file(self):
        return re.sub(r"[^a-z0-9]+", "-", f"{self.state}{urlsplit(self.path).path}".lower().replace("å", "a").replace("ø", "o")).strip("-")


class Drive:
    def __init__(self, browser, password, shots):
        self.browser, self.password, self.shots = browser, password, shots
        self.sessions, self.titles, self.seconds = {}, {}, 0.0

    async def context(self, base, account, **options):
        """A browser of its own; logged in once for each account."""
        known = self.sessions.get((base, account))
        context = await self.browser.new_context(storage_state=known, **options)
        if account and not known:
            page = await context.new_page()
            await page.goto(base + LOGIN)
            await page.fill("input[name=navn]", account)
            await page.fill("input[name=passord]", self.password)
            await page.press("input[name=passord]", "Enter")
            await page.wait_for_url(lambda url: LOGIN not in url)
            # Single alarms and devices are shown to who has said why.
            await page.goto(base + PURPOSE)
            await page.check("input[name=formaal] >> nth=0")
            await page.click("main button")
            await page.wait_for_url(lambda url: PURPOSE not in url)
            self.sessions[base, account] = await context.storage_state()
            await page.close()
        return context

    async def pages(self, base, account):
        """The addresses, without query, that the bar at the top names for an account."""
        context = await self.context(base, account)
        page = await context.new_page()
        await page.goto(base + "/")
        links = await page.eval_on_selector_all("header nav a[href], footer a[href]", "all => all.map(a => a.href)")
        await context.close()
        paths = [urlsplit(urljoin(base, link)).path for link in links if urlsplit(link).netloc == urlsplit(base).netloc]
        return list(dict.fromkeys(["/", *paths]))

    async def look(self, visit):
        context = await self.context(visit.base, visit.account, viewport={"width": 1280, "height": findings.HEIGHT})
        if visit.language:
            await context.add_cookies([{"name": "vaktlast-sprak", "value": visit.language, "url": visit.base}])
        page = await context.new_page()
        watch = findings.Watch(page, urlsplit(visit.base).netloc)
        answer = await page.goto(visit.base + visit.path, wait_until="load")
        found = visit.found
        if visit.language and await page.evaluate("document.documentElement.lang") != visit.language:
            found.append(f"is not in {visit.language}")
        if answer.status != visit.status:
            found.append(f"answers {answer.status} in place of {visit.status}")
        stops = 0
        weight = await watch.weight()
        if weight > findings.BYTES_MAX:
            found.append(f"weighs {weight // 1000} KB, more than {findings.BYTES_MAX // 1000}")
        if visit.is_thorough:
            problems, stops = await findings.keyboard(page)
            found += problems
        found += await findings.anchors(page)
        found += await findings.sizes(page)
        # The theme changes colours, the width what is shown: a page in a lesser state is seen in opposite corners of both.
        views = [(w, t) for w in findings.WIDTHS for t in ("light", "dark")] if visit.is_thorough else [(320, "dark"), (1280, "light")]
        # axe-core reads the style sheets again, from the page's own host.
        for width, theme in views:
            await page.set_viewport_size({"width": width, "height": findings.HEIGHT})
            await page.emulate_media(color_scheme=theme)
            found += await findings.axe(page, f"{width} px {theme}")
            if self.shots:
                await page.screenshot(path=self.shots / f"{visit.file}-{width}-{theme}.png", full_page=True)
        found += await findings.paper(page, self.shots and self.shots / f"{visit.file}.pdf")
        found += watch.findings
        # A word may be the same in two languages for two pages.
        self.titles.setdefault((visit.language, await page.title()), set()).add(urlsplit(visit.path).path)
        await context.close()
        mark = "!!" if found else "ok"
        print(f"{mark}  {visit.name:<52} {weight / 1000:6.1f} KB  {stops:3} stops", flush=True)
        for each in dict.fromkeys(found):
            print(f"      {each}", flush=True)

    async def refused_login(self, base):
        """The page after a wrong password: what it says belongs to the form."""
        context = await self.browser.new_context()
        page = await context.new_page()
        await page.goto(base + LOGIN)
        await page.fill("input[name=navn]", "nobody")
        await page.fill("input[name=passord]", "wrong all the same")
        await page.press("input[name=passord]", "Enter")
        await page.wait_for_selector("[role=alert]")
        found = await findings.axe(page, "1280 px light") + await findings.wider(page, "1280 px")
        print(f"{'!!' if found else 'ok'}  {LOGIN} (wrong password)", *[f"\n      {each}" for each in found], flush=True)
        await context.close()
        return bool(found)


async def plan(drive, full, empty):
    """All pages in all states."""
    visits, seen = [], set()
    of_leader = await drive.pages(full, "leader")
    for path in of_leader:
        visits.append(Visit(full, path, "data", "leader", is_thorough=True))
        visits.append(Visit(empty, path, "no data at all", "leader", is_thorough=path == "/"))
    seen.update(of_leader)
    # Longer words, in all that a leader opens.
    for language in LANGUAGES:
        visits += [Visit(full, path, language, "leader", language=language) for path in of_leader]
    # The states of a period are those of pages with a form that asks for one.
    for path in [each for each in of_leader if await has_period(drive, full, each)]:
        visits.append(Visit(full, f"{path}?period=2020-01", "period without data", "leader"))
        visits.append(Visit(full, f"{path}?zone=biri", "one zone", "leader"))
        visits.append(Visit(full, f"{path}?period=i%20g%C3%A5r", "unknown period", "leader", status=400))
    for role in ROLES:
        for path in await drive.pages(full, role):
            if path not in seen or role == "biri":
                visits.append(Visit(full, path, role, role, is_thorough=path not in seen))
            seen.add(path)
    visits.append(Visit(full, LOGIN, "not logged in", None, is_thorough=True))
    visits.append(Visit(full, "/?municipality=3440", "403", "leader", status=403, is_thorough=True))
    visits.append(Visit(full, "/finnes-ikke", "404", "leader", status=404))
    return visits


async def has_period(drive, base, path):
    context = await drive.context(base, "leader")
    page = await context.new_page()
    await page.goto(base + path, wait_until="commit")
    await page.wait_for_load_state("domcontentloaded")
    has = await page.locator("[name=period]").count() > 0
    await context.close()
    return has


async def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("full")
    parser.add_argument("empty")
    parser.add_argument("password")
    parser.add_argument("--shots", type=Path, help="a folder for pictures of every page at every width, and as printed")
    options = parser.parse_args()
    if options.shots:
        options.shots.mkdir(parents=True, exist_ok=True)
    begin = time.monotonic()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"])
        drive = Drive(browser, options.password, options.shots)
        visits = await plan(drive, options.full, options.empty)
        queue = list(reversed(visits))

        async def work():
            while queue:
                visit = queue.pop()
                try:
                    await drive.look(visit)
                except Exception as problem:
                    visit.found.append(str(problem))
                    print(f"!!  {visit.name}\n      {problem}", flush=True)

        await asyncio.gather(*(work() for _ in range(AT_ONCE)))
        is_wrong = await drive.refused_login(options.full)
        await browser.close()
    for (_, title), paths in drive.titles.items():
        if len(paths - {"/"}) > 1:
            is_wrong = True
            print(f"!!  one title for several pages: «{title}»: {', '.join(sorted(paths))}")
    wrong = sum(1 for visit in visits if visit.found) + is_wrong
    print(f"{len(visits) + 1} pages and states in {time.monotonic() - begin:.0f} s, {wrong} with something wrong")
    sys.exit(1 if wrong else 0)


asyncio.run(main())
