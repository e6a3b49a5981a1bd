/// A page that is not a report: words, tables and forms beneath one another, as administration and one's own account have them.
package struct FormPage: Sendable {
    /// A table whose first cell names the row.
    package struct Table: Sendable {
        package struct Cell: Sendable {
            package var text: String
            /// Where it leads; nil for plain text.
            package var path: String?
            /// What a small form in the cell does when its button is pressed; nil for none.
            package var button: Form?

            package init(_ text: String, path: String? = nil, button: Form? = nil) {
                self.text = text
                self.path = path
                self.button = button
            }
        }

        package var caption: String
        package var columns: [String]
        package var rows: [[Cell]]
        /// Said in the place of a table without rows.
        package var empty: String

        package init(caption: String, columns: [String], rows: [[Cell]], empty: String) {
            self.caption = caption
            self.columns = columns
            self.rows = rows
            self.empty = empty
        }
    }

    /// One field, with what is wrong in it beside it.
    package struct Field: Sendable {
        package struct Option: Sendable {
            /// The value of a choice; the name of a tick.
            package var value: String
            package var title: String
            package var isChosen: Bool

            package init(_ value: String, _ title: String, isChosen: Bool = false) {
                self.value = value
                self.title = title
                self.isChosen = isChosen
            }
        }

        package enum Kind: Sendable {
            case text(value: String)
            case newPassword, currentPassword
            case date(value: String)
            case number(value: String)
            case choice([Option])
            /// One of few, each with its own button.
            case radios([Option])
            /// Any of them; each has a name of its own.
            case ticks([Option])
        }

        package var name: String
        package var label: String
        package var kind: Kind
        package var help: String?
        package var problem: String?

        package init(_ name: String, _ label: String, _ kind: Kind, help: String? = nil, problem: String? = nil) {
            self.name = name
            self.label = label
            self.kind = kind
            self.help = help
            self.problem = problem
        }
    }

    package struct Form: Sendable {
        package var action: String
        /// Asked for again, with its fields in the address, instead of sent.
        package var isQuestion = false
        package var hidden: [ReportNavigation.Field]
        package var fields: [Field]
        package var button: String

        package init(action: String, isQuestion: Bool = false, hidden: [ReportNavigation.Field] = [], fields: [Field] = [], button: String) {
            self.action = action
            self.isQuestion = isQuestion
            self.hidden = hidden
            self.fields = fields
            self.button = button
        }
    }

    package enum Part: Sendable {
        case heading(String)
        case text(String)
        /// What went well.
        case done(String)
        /// What did not.
        case problem(String)
        /// A secret that is shown only now.
        case once(label: String, secret: String)
        case links([ReportNavigation.Link], label: String)
        case terms([(term: String, text: String)])
        case table(Table)
        case form(Form)
    }

    private let title: String
    private let over: String?
    private let cover: String
    private let parts: [Part]

    /// - Parameters:
    ///   - over: what the page belongs to, above its heading.
    ///   - cover: what it is for, below.
    package init(title: String, over: String? = nil, cover: String, parts: [Part]) {
        self.title = title
        self.over = over
        self.cover = cover
        self.parts = parts
    }

    package func html(navigation: ReportNavigation?, style: Report.StylePlacement) -> String {
        var view = PageFrame(title: title, about: over, navigation: navigation, style: style).view
        view["over"] = over.orHidden
        view["cover"] = cover
        var number = 0
        view["parts"] = parts.map { part in
            number += 1
            return part.view(number)
        }
        return Templates.render("formPage", view)
    }
}

extension FormPage.Part {
    /// - Parameter number: tells the ids of this part's fields from those of others.
    fileprivate func view(_ number: Int) -> View {
        let kinds = ["heading", "text", "done", "problem", "once", "links", "terms", "table", "form"]
        var view = Dictionary(uniqueKeysWithValues: kinds.map { ($0, false as Any) })
        switch self {
        case .heading(let text): view["heading"] = text
        case .text(let text): view["text"] = text
        case .done(let text): view["done"] = text
        case .problem(let text): view["problem"] = text
        case .once(let label, let secret): view["once"] = ["label": label, "secret": secret] as View
        case .links(let links, let label): view["links"] = ["label": label, "all": links.map(\.view)] as View
        case .terms(let terms): view["terms"] = ["all": terms.map { ["term": $0.term, "meaning": $0.text] as View }] as View
        case .table(let table): view["table"] = table.view
        case .form(let form): view["form"] = form.view("f\(number)")
        }
        return view
    }
}

extension FormPage.Table {
    fileprivate var view: View {
        [
            "caption": caption, "columns": columns, "empty": rows.isEmpty ? empty as Any : false,
            "rows": rows.enumerated().map { index, row in
                ["cells": row.enumerated().map { $1.view(isFirst: $0 == 0, id: "r\(index)-\($0)") }] as View
            },
        ]
    }
}

extension FormPage.Table.Cell {
    fileprivate func view(isFirst: Bool, id: String) -> View {
        ["isFirst": isFirst, "label": text, "path": path.orHidden, "button": (button?.view(id)).orHidden]
    }
}

extension FormPage.Form {
    fileprivate func view(_ id: String) -> View {
        [
            "action": action, "method": isQuestion ? "get" : "post", "hidden": hidden.map { ["name": $0.name, "value": $0.value] as View },
            "fields": fields.map { $0.view(id) }, "label": button,
        ]
    }
}

extension FormPage.Field {
    fileprivate func view(_ form: String) -> View {
        let id = "\(form)-\(name)"
        let described = [help.map { _ in "\(id)-help" }, problem.map { _ in "\(id)-problem" }].compactMap(\.self).joined(separator: " ")
        var view: View = [
            "id": id, "name": name, "label": label, "help": help.orHidden, "problem": problem.orHidden,
            "described": described.isEmpty ? false as Any : described, "input": false, "choice": false, "group": false,
        ]
        func input(_ type: String, _ value: String, _ autocomplete: String) -> View {
            ["type": type, "value": value, "autocomplete": autocomplete]
        }
        func options(_ options: [Option], _ type: String) -> [View] {
            options.map { option in
                [
                    "type": type, "id": "\(id)-\(option.value)", "name": type == "radio" ? name : option.value,
                    "value": type == "radio" ? option.value : "ja", "title": option.title, "isChosen": option.isChosen,
                ] as View
            }
        }
        switch kind {
        case .text(let value): view["input"] = input("text", value, "off")
        case .newPassword: view["input"] = input("password", "", "new-password")
        case .currentPassword: view["input"] = input("password", "", "current-password")
        case .date(let value): view["input"] = input("date", value, "off")
        case .number(let value): view["input"] = input("number", value, "off")
        case .choice(let all):
            view["choice"] = ["options": all.map { ["value": $0.value, "title": $0.title, "isChosen": $0.isChosen] as View }] as View
        case .radios(let all): view["group"] = ["options": options(all, "radio")] as View
        case .ticks(let all): view["group"] = ["options": options(all, "checkbox")] as View
        }
        return view
    }
}
