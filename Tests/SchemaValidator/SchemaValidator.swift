import Foundation

/// A validator of JSON Schema that shares nothing with us: Python's `jsonschema`, with formats asserted.
package struct SchemaValidator {
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// The project's own folder.
    package static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    /// Reads lines of `schema TAB document` and answers each with `true`, or `false`, a tab and what is wrong. Old releases
    /// know no registry.
    private static let script = """
        import json, pathlib, sys, warnings
        warnings.simplefilter("ignore")
        import jsonschema
        files = {pathlib.Path(p).absolute().as_uri(): json.load(open(p, encoding="utf-8")) for p in sys.argv[2:]}
        if sys.argv[1]:
            for schema in files.values(): schema["$schema"] = sys.argv[1]
        validators = {}
        def validator(name):
            uri = next(u for u in files if u.endswith("/" + name.split("#")[0]))
            schema, kind = files[uri], jsonschema.validators.validator_for(files[uri])
            kind.check_schema(schema)
            reference = {"$ref": uri + name[len(name.split("#")[0]):]}
            if "$id" in schema: return kind(schema, format_checker=kind.FORMAT_CHECKER)
            try:
                from referencing import Registry, Resource
                registry = Registry().with_resources([(u, Resource.from_contents(s)) for u, s in files.items()])
                return kind(reference, registry=registry, format_checker=kind.FORMAT_CHECKER)
            except ImportError:
                resolver = jsonschema.RefResolver("", reference, store=dict(files))
                return kind(reference, resolver=resolver, format_checker=kind.FORMAT_CHECKER)
        for line in sys.stdin:
            name, text = line.rstrip("\\n").split("\\t", 1)
            if name not in validators: validators[name] = validator(name)
            document = json.loads(text)
            if validators[name].is_valid(document): print("true")
            else: print("false\\t" + json.dumps(str(jsonschema.exceptions.best_match(validators[name].iter_errors(document)).message)[:300]))
        """

    private let files: [String]
    private let draft: String

    /// - Parameters:
    ///   - files: the schemas, below the project's folder; they may refer to each other by name.
    ///   - draft: what stands in for their `$schema`; empty: they are read as what they say they are.
    package init(_ files: [String], readAs draft: String = "") {
        self.files = files.map { "\(SchemaValidator.root)/\($0)" }
        self.draft = draft
    }

    /// What it says of each document, in order: nil where it is valid, else what is wrong.
    ///
    /// - Parameter documents: JSON without line breaks, each with the file name of its schema and, behind `#`, the place in it.
    package func problems(_ documents: [(schema: String, json: String)]) throws -> [String?] {
        let lines = documents.map { "\($0.schema)\t\($0.json)" }
        let help = "python3 with jsonschema is needed (scripts/test installs python3-jsonschema)"
        return try Python.answers(of: "python3", ["-c", SchemaValidator.script, draft] + files, to: lines, help: help)
    }

    /// The same for documents of one schema.
    package func problems(_ schema: String, _ documents: [String]) throws -> [String?] { try problems(documents.map { (schema, $0) }) }
}

/// A reader of AsyncAPI 3 that shares nothing with us: `asyncapi3` of PyPI.
package enum AsyncAPIValidator {
    private static let script = """
        import json, sys, warnings
        warnings.simplefilter("ignore")
        from asyncapi3 import AsyncAPI3
        for line in sys.stdin:
            try:
                AsyncAPI3.model_validate(json.loads(line))
                print("true")
            except Exception as problem: print("false\\t" + json.dumps(str(problem)[:300]))
        """

    /// Whether scripts/test could install it.
    package static var isInstalled: Bool { PythonTools.areInstalled }

    /// What it says of each document, in order: nil where it is valid, else what is wrong.
    package static func problems(_ documents: [String]) throws -> [String?] {
        try Python.answers(of: PythonTools.python, ["-c", script], to: documents, help: "asyncapi3 of \(PythonTools.python) does not answer")
    }
}

/// What scripts/test takes from PyPI, in an environment of its own outside the tree.
package enum PythonTools {
    private static let folder: String = {
        let environment = ProcessInfo.processInfo.environment
        return (environment["XDG_CACHE_HOME"] ?? "\(environment["HOME"] ?? "/root")/.cache") + "/vaktlast/python"
    }()

    /// The interpreter that finds these tools.
    package static var python: String { "\(folder)/bin/python" }

    /// Whether all of them could be installed.
    package static var areInstalled: Bool { FileManager.default.fileExists(atPath: "\(folder)/wanted") }
}

private enum Python {
    /// What a program prints for each line it is given: nil for `true`, else what stands behind `false` and a tab.
    static func answers(of program: String, _ arguments: [String], to lines: [String], help: String) throws -> [String?] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        let (input, output, errors) = (Pipe(), Pipe(), Pipe())
        (process.standardInput, process.standardOutput, process.standardError) = (input, output, errors)
        try process.run()
        let text = lines.map { "\($0)\n" }.joined()
        Thread.detachNewThread {
            input.fileHandleForWriting.write(Data(text.utf8))
            try? input.fileHandleForWriting.close()
        }
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self).split(separator: "\n")
        process.waitUntilExit()
        let error = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        guard process.terminationStatus == 0, said.count == lines.count else {
            throw SchemaValidator.Failure(description: "\(help): \(error.suffix(2000))")
        }
        return said.map { $0 == "true" ? nil : String($0.dropFirst("false\t".count)) }
    }
}
