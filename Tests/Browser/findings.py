"""What is asked of one page in the browser. Each check returns sentences about what is wrong; none where all is well."""

import asyncio
import re
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT

BYTES_MAX = 100_000
WIDTHS = (320, 768, 1280)
HEIGHT = 900
# WCAG 2.1 A and AA, and what axe-core's makers advise besides.
AXE_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,
}

# What a keyboard must reach, in the order of the document; of a group of radio buttons the chosen one alone.
STOPS = """
  const stops = () => [...document.querySelectorAll(
      'a[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex]:not([tabindex="-1"])')]
    .filter(e => !e.disabled && e.tabIndex >= 0 && e.checkVisibility({visibilityProperty: true})
      && (e.type !== 'radio' || e.checked || !document.querySelector(`input[name="${e.name}"]:checked`)));
  const name = e => `${e.tagName.toLowerCase()} «${(e.ariaLabel || e.innerText || e.name || '').trim().slice(0, 40)}»`;
"""
ALL_STOPS = "() => {" + STOPS + "return stops().map(e => { e.dataset.stop = ''; return name(e); }); }"

# Where the focus is: its place among the stops, and how it looks. A part of the page may have been made anew since the last look.
FOCUSED = "() => {" + STOPS + """
  const e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement) return null;
  const box = e.getBoundingClientRect(), now = getComputedStyle(e);
  return { place: stops().indexOf(e), name: name(e), isSkip: e.matches('a.skip'), isDate: e.type === 'date',
    isMarked: now.outlineStyle !== 'none' && parseFloat(now.outlineWidth) >= 2,
    isSeen: box.width > 0 && box.height > 0 && box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight };
}"""

# How many stops are no longer there: whoever had the focus on one has lost it.
LOST_STOPS = "count => count - document.querySelectorAll('[data-stop]').length"
REFRESH_SECONDS = 2.6
DATE_PARTS_MAX = 3

# Stops that wear an outline without having the focus, which then could not be told.
ALWAYS_OUTLINED = """() => [...document.querySelectorAll('[data-stop]')]
  .filter(e => e !== document.activeElement && getComputedStyle(e).outlineStyle !== 'none').slice(0, 3).map(e => e.outerHTML.slice(0, 80))"""

# Whether something can be acted on before the page's own matter begins.
BEFORE_MAIN = """() => [...document.querySelectorAll('a[href],button,input:not([type=hidden]),select')]
  .some(e => e.compareDocumentPosition(document.querySelector('main')) & Node.DOCUMENT_POSITION_FOLLOWING)"""

# The next Tab goes to the first stop, also where a field has taken the focus.
TO_BEGINNING = """() => { document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex'); }"""

WIDER = """() => {
  const wide = document.documentElement.scrollWidth, room = document.documentElement.clientWidth;
  if (wide <= room) return null;
  const clips = e => { for (let p = e.parentElement; p; p = p.parentElement) if (getComputedStyle(p).overflowX !== 'visible') return true; };
  const worst = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > room + 1 && !clips(e)).slice(0, 3);
  return `${wide} px in ${room} px: ` + worst.map(e => e.outerHTML.slice(0, 80)).join(' | ');
}"""

MOVING = """() => [...document.querySelectorAll('*')].filter(e => {
  const s = getComputedStyle(e);
  return s.animationName !== 'none' || s.transitionDuration.split(',').some(d => parseFloat(d) > 0) || s.scrollBehavior === 'smooth';
}).slice(0, 3).map(e => e.outerHTML.slice(0, 80))"""

ON_PAPER = """() => [...document.querySelectorAll('nav,form,button,input,select,.skip')].filter(e => e.checkVisibility())
  .slice(0, 3).map(e => e.outerHTML.slice(0, 80))"""

DEAD_ANCHORS = """() => [...document.querySelectorAll('a[href^="#"]')].map(e => e.getAttribute('href').slice(1))
  .filter(id => id && !document.getElementById(decodeURIComponent(id)))"""


class Watch:
    """What a page does while it is looked at: its requests, its console, its own bytes."""

    def __init__(self, page, host):
        self.host, self.findings, self.bytes, self.pending = host, [], {}, []
        page.on("request", self.request)
        page.on("response", lambda response: self.pending.append(asyncio.ensure_future(self.response(response))))
        page.on("console", self.console)
        page.on("pageerror", lambda error: self.findings.append(f"a script fails: {error}"))

    def request(self, request):
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https") and parts.netloc != self.host:
            self.findings.append(f"asks another host: {request.url}")

    async def response(self, response):
        kind = response.request.resource_type
        if kind in ("document", "stylesheet", "script", "image") and not 300 <= response.status < 400:
            self.bytes[response.url] = len(await response.body())
        if kind != "document" and response.status >= 400:
            self.findings.append(f"{response.url} gives {response.status}")

    def console(self, message):
        # Of a page that says 403 or 404 Chromium's console says so too.
        if message.type in ("error", "warning") and not re.search(r"status of 4\d\d", message.text):
            self.findings.append(f"console: {message.text}")

    async def weight(self):
        await asyncio.gather(*self.pending)
        return sum(self.bytes.values())


async def axe(page, label):
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE_SCRIPT)
    results = await page.evaluate("options => axe.run(document, options)", AXE_OPTIONS)
    return [
        f"{label}: {rule['id']} ({rule['help']}): {node['html'][:160]}"
        for rule in results["violations"]
        for node in rule["nodes"][:3]
    ]


async def wider(page, label):
    problem = await page.evaluate(WIDER)
    return [f"{label}: wider than the window: {problem}"] if problem else []


async def sizes(page):
    """Nothing reaches beyond the window: at three widths, zoomed to 200 %, and with text of 200 %."""
    found = []
    for width in (*WIDTHS, WIDTHS[-1] // 2):
        await page.set_viewport_size({"width": width, "height": HEIGHT})
        found += await wider(page, f"{width} px")
    await page.set_viewport_size({"width": WIDTHS[-1], "height": HEIGHT})
    await page.evaluate("document.documentElement.style.fontSize = '200%'")
    found += await wider(page, "text of 200 %")
    await page.evaluate("document.documentElement.style.fontSize = ''")
    return found


async def keyboard(page):
    """Tab alone reaches everything in the document's order, seen and with an outline of its own; a skip link leads past what stands before main."""
    # Without motion, so that what is scrolled to is there at once.
    await page.emulate_media(reduced_motion="reduce")
    found = [f"moves although motion is unwanted: {each}" for each in await page.evaluate(MOVING)]
    wanted = await page.evaluate(ALL_STOPS)
    found += [f"outlined without focus: {each}" for each in await page.evaluate(ALWAYS_OUTLINED)]
    needs_skip = await page.evaluate(BEFORE_MAIN)
    await page.evaluate(TO_BEGINNING)
    for place in range(len(wanted) + 1):
        await page.keyboard.press("Tab")
        focus = await page.evaluate(FOCUSED)
        # A field for a date has stops of its own for day, month, year and calendar.
        parts = 0
        while focus is not None and focus["isDate"] and focus["place"] == place - 1 and parts < DATE_PARTS_MAX:
            await page.keyboard.press("Tab")
            focus = await page.evaluate(FOCUSED)
            parts += 1
        if focus is None or place == len(wanted):
            break
        if place == 0 and needs_skip and not focus["isSkip"]:
            found.append(f"the first stop is no skip link but {focus['name']}")
        if focus["place"] != place:
            found.append(f"Tab number {place + 1} leads to {focus['name']}, the document's is {wanted[place]}")
            break
        if not focus["isSeen"]:
            found.append(f"focus out of sight: {focus['name']}")
        if not focus["isMarked"]:
            found.append(f"focus without an outline: {focus['name']}")
    if focus is None and place < len(wanted):
        found.append(f"Tab leaves the page after {place} of {len(wanted)} stops; next would be {wanted[place]}")
    if needs_skip:
        await page.evaluate(TO_BEGINNING)
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        if not await page.evaluate("document.activeElement?.tagName === 'MAIN'"):
            found.append("the skip link does not lead to main")
    if await page.locator("script[src]").count():
        await asyncio.sleep(REFRESH_SECONDS)
        if lost := await page.evaluate(LOST_STOPS, len(wanted)):
            found.append(f"{lost} stops are made anew while the page stands: who has the focus there loses it")
    await page.emulate_media(reduced_motion="no-preference")
    return found, len(wanted)


async def paper(page, file=None):
    """Paper is white whatever the theme, and shows nothing to press; kept as a PDF where a file is named."""
    await page.set_viewport_size({"width": 688, "height": HEIGHT})  # A4 less its margins
    await page.emulate_media(media="print", color_scheme="dark")
    found = [f"stands on paper: {each}" for each in await page.evaluate(ON_PAPER)] + await wider(page, "on paper")
    ground = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    if ground != "rgb(255, 255, 255)":
        found.append(f"paper is {ground} in the dark theme")
    if file:
        await page.pdf(path=file, prefer_css_page_size=True, print_background=True)
    return found


async def anchors(page):
    return [f"a link to #{each}, which is not there" for each in await page.evaluate(DEAD_ANCHORS)]
