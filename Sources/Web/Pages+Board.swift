import Accounts
import Reports
import Store
import Telemetry
import Workload

/// The live board.
extension Pages {
    func board(_ query: Query, _ caller: Access.Caller) throws -> Page {
        try caller.require(.figures)
        let municipality = try municipality(query, caller)
        return Page(body: Array(try boardHTML(municipality, caller).utf8))
    }

    func boardHTML(_ municipality: ReportedMunicipality, _ caller: Access.Caller) throws -> String {
        let now = face.now()
        let rows = try views.zonesNow(municipality: municipality.number, now: now)
        let zones = municipality.zones.map { ($0.id, $0.name) } + [(ZonePlan.unknownZone, "Ukjent sone")]
        let shown = zones.filter { id, _ in
            caller.zones?.contains(id) ?? (id != ZonePlan.unknownZone || rows[id] != nil)
        }
        let report = face.livenessReport()
        let names = Dictionary(zones.map { ($0.0, $0.1) }) { first, _ in first }
        let outages = (report?.outages ?? []).filter { outage in
            outage.name.municipality == municipality.number && shown.contains { outage.zones[$0.0] != nil }
        }
        return LiveBoard.html(
            rows: shown.map { id, name in
                .init(zone: name, rows[id] ?? .init(), report?.zones[.init(municipality: municipality.number, zone: id)])
            },
            outages: outages.map { outage in
                let name = outage.name.scope == .zone ? "sone \(names[outage.name.name] ?? outage.name.name)" : "kilde \(outage.name.name)"
                return .init(name: name, devices: outage.devices, since: outage.since)
            },
            now: now
        )
    }

    /// Takes the place of reading the page again: asks for the board alone, every two seconds. What has changed is changed where it
    /// stands, so that nobody loses the focus or the place that a narrow window was scrolled to.
    static let script = """
        "use strict";
        (function () {
          var board = document.getElementById("na");
          if (!board) return;
          var parts = "td,th,p";
          function show(text) {
            var fresh = document.createElement("template");
            fresh.innerHTML = text;
            var next = fresh.content.querySelectorAll(parts), shown = board.querySelectorAll(parts);
            if (next.length !== shown.length) return board.replaceChildren(fresh.content);
            next.forEach(function (part, place) {
              if (shown[place].innerHTML !== part.innerHTML) shown[place].innerHTML = part.innerHTML;
            });
          }
          var address = "\(boardAddress)" + window.location.search;
          window.setInterval(function () {
            if (document.hidden) return;
            fetch(address, { credentials: "same-origin" })
              .then(function (answer) { return answer.ok ? answer.text() : Promise.reject(answer.status); })
              .then(show)
              .catch(function () { board.querySelectorAll("[data-state]").forEach(function (n) { n.textContent = "uten kontakt med tjenesten"; }); });
          }, 2000);
        })();
        """
}

extension LiveBoard.Row {
    fileprivate init(zone: String, _ now: ViewsReader.ZoneNow, _ devices: LivenessReport.Figures?) {
        var figures = LiveBoard.Figures()
        figures.openAlarms = now.openAlarms
        figures.openResponses = now.openResponses
        figures.waitingSince = now.waitingSince
        figures.lastDay = now.lastDay
        figures.signalsLastHour = now.signalsLastHour
        if let devices {
            figures.silentDevices =
                devices.watched > 0
                ? .init(all: devices.overdue, inOutage: devices.inOutage, unknown: devices.unknown, watched: devices.watched) : nil
            figures.batteriesLow = devices.batteryLow
        }
        self.init(zone: zone, figures: figures)
    }
}
