import Strategy
import Telemetry
import Workload

extension Report {
    var availabilityView: View {
        guard let availability else { return ["isEmpty": true] }
        return [
            "isEmpty": false, "summary": availabilitySummary(availability),
            "technologies": availability.technologies.map { ($0?.bokmal ?? "Uten kjent modell").capitalizedFirst },
            "rows": availability.rows.map { row in
                [
                    "zone": (row.zone ?? selectedZone)?.breakableName ?? "Alle soner", "isSum": row.zone == nil,
                    "cells": row.shares.map(availabilityCell),
                ] as View
            },
        ]
    }

    private func availabilityCell(_ share: ReportedShare?) -> View {
        guard let share else { return ["value": "–", "interval": "", "count": "", "width": false] }
        var view = share.view
        view["width"] = share.share.flatMap(\.value).map { Norwegian.svg(100 * $0) }.orHidden
        return view
    }

    /// The column that is worst off, so that a reader knows where to look first.
    private func availabilitySummary(_ availability: AvailabilityFigures) -> String {
        let total = availability.rows.last?.shares.last.flatMap { $0?.share }
        let all = total.flatMap(\.value).map { "Enhetene ga livstegn på \(Norwegian.percent($0)) av døgnene de var registrert." }
        let places = availability.rows.filter { $0.zone != nil }.flatMap { row in
            zip(availability.technologies, row.shares).compactMap { technology, share -> (share: Share, name: String)? in
                guard let share = share?.share, !share.small else { return nil }
                return (share, "\(technology?.bokmal ?? "enheter uten kjent modell") i \(row.zone?.name ?? "")")
            }
        }
        // Of places of which some are left out nobody knows which is lowest.
        let isWhole = availability.rows.allSatisfy { $0.shares.allSatisfy { $0?.isWithheld != true } }
        let lowest = !isWhole ? nil : places.min { ($0.share.value ?? 1, $0.name) < ($1.share.value ?? 1, $1.name) }
        let worst = lowest.flatMap { place in place.share.value.map { " Lavest: \(place.name), \(Norwegian.percent($0))." } }
        return (all ?? (total == nil && isExternal ? "Tallet for alle er skjult." : "For få enheter til å si noe samlet.")) + (worst ?? "")
    }
}

extension String {
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
