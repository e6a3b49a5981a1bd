/// The scripts that add to pages; each page is whole without.
extension Pages {
    /// Keeps the board of the present fresh by the server's events, and says so when it cannot.
    static let boardScript = """
        "use strict";
        (function () {
          var board = document.getElementById("na"), clock = document.getElementById("na-tid"), message = document.getElementById("na-melding");
          if (!board || !clock || !message || !window.EventSource) return;
          var address = "\(boardAddress)" + window.location.search, source = null, last = Date.now(), pause = 5000;
          var shown = board.innerHTML.trim();
          function say(text, link) {
            if (message.dataset.text === text) return;
            message.dataset.text = text;
            message.hidden = !text;
            message.textContent = text;
            if (link) { var a = document.createElement("a"); a.href = link; a.textContent = "Logg inn"; message.append(" ", a); }
          }
          function time(text) {
            last = Date.now(); pause = 5000; say("");
            var shown = clock.querySelector("time");
            if (shown) shown.textContent = text.trim();
          }
          function show(html) {
            var next = document.createElement("div");
            next.innerHTML = html;
            html = next.innerHTML.trim();
            if (html === shown) return;
            shown = html;
            var old = board.querySelector("[data-open]"), at = document.activeElement;
            var href = at && board.contains(at) ? at.getAttribute("href") : null;
            board.innerHTML = html;
            if (href) board.querySelectorAll("a").forEach(function (a) { if (a.getAttribute("href") === href) a.focus(); });
            var now = board.querySelector("[data-open]");
            if (old && now && Number(now.dataset.open) > Number(old.dataset.open)) document.title = "(" + now.dataset.open + ") " + title;
            else if (now && now.dataset.open === "0") document.title = title;
          }
          function ask() {
            fetch(address, { credentials: "same-origin", redirect: "manual" }).then(function (answer) {
              if (answer.ok) { open(); return; }
              if (answer.status === 503) { later(); return; }
              say("Du er ikke innlogget lenger, så siden oppdateres ikke.", "/logg-inn?neste=" + encodeURIComponent(window.location.pathname + window.location.search));
            }).catch(later);
          }
          function later() {
            say("Uten kontakt med tjenesten. Tallene er fra det klokkeslettet som står over; prøver igjen.");
            window.setTimeout(ask, pause);
            pause = Math.min(60000, pause * 2);
          }
          function close() { if (source) source.close(); source = null; }
          function open() {
            close();
            source = new EventSource(address);
            source.addEventListener("tavle", function (event) { show(event.data); });
            source.addEventListener("tid", function (event) { time(event.data); });
            source.addEventListener("slutt", function () { close(); window.setTimeout(ask, 1000); });
            source.onerror = function () {
              if (source && source.readyState === 2) { close(); later(); }
              else say("Uten kontakt med tjenesten. Tallene er fra det klokkeslettet som står over; prøver igjen.");
            };
          }
          var title = document.title;
          open();
          window.addEventListener("pagehide", close);
          window.addEventListener("pageshow", function (event) { if (event.persisted) open(); });
          window.setInterval(function () { if (source && Date.now() - last > 45000) { last = Date.now(); close(); later(); } }, 5000);
        })();
        """

    /// Puts a slider beside each number of the what-if.
    static let formScript = """
        "use strict";
        (function () {
          document.querySelectorAll("form.whatif input[data-min]").forEach(function (field) {
            var slider = document.createElement("input"), label = document.querySelector("label[for='" + field.id + "']");
            slider.type = "range";
            slider.min = field.dataset.min; slider.max = field.dataset.max; slider.step = field.dataset.step;
            slider.setAttribute("aria-label", (label ? label.textContent : "") + " (skyveknapp)");
            function read() {
              var number = Number(field.value.replace(",", ".").replace("\\u2212", "-"));
              slider.value = field.value.trim() === "" || !isFinite(number) ? field.dataset.neutral : number;
            }
            slider.addEventListener("input", function () { field.value = slider.value === field.dataset.neutral ? "" : slider.value.replace(".", ","); });
            field.addEventListener("input", read);
            read();
            field.parentNode.insertBefore(slider, field);
          });
        })();
        """
}
