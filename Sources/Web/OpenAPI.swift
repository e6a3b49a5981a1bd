/// The description of the API at `/openapi.json` (OpenAPI 3.1).
enum OpenAPI {
    static func document(version: String) -> String {
        """
        {"openapi":"3.1.0",
        "info":{"title":"Vaktlast","version":"\(version)","summary":"Response load of safety alarms by zone and quarter of an hour","license":{"name":"Apache-2.0","identifier":"Apache-2.0"}},
        "security":[{"bearer":[]},{}],
        "paths":{
        "/healthz":{"get":{"summary":"Alive","responses":{"200":{"description":"The process answers","content":{"text/plain":{"schema":{"type":"string"}}}}}}},
        "/readyz":{"get":{"summary":"Broker sessions and store are up","responses":{"200":{"description":"Ready","content":{"text/plain":{"schema":{"type":"string"}}}},"503":{"description":"Not ready, and why","content":{"text/plain":{"schema":{"type":"string"}}}}}}},
        "/metrics":{"get":{"summary":"Prometheus text","responses":{"200":{"description":"Metrics","content":{"text/plain":{"schema":{"type":"string"}}}}}}},
        "/api/v1/status":{"get":{"summary":"Positions and broker","parameters":[\(atLeast)],"responses":{\(answer("Status"))}}},
        "/api/v1/municipalities":{"get":{"summary":"Configured municipalities and their zones","parameters":[\(atLeast)],"responses":{\(answer("Municipalities"))}}},
        "/api/v1/loads":{"get":{"summary":"Load cells","parameters":[\(bounds),{"name":"step","in":"query","schema":{"enum":["PT15M","PT1H","P1D"],"default":"PT15M"}},{"name":"published","in":"query","description":"first: the figures as first published","schema":{"enum":["first","present"],"default":"present"}},\(atLeast)],"responses":{\(answer("Loads"))}}},
        "/api/v1/alarms":{"get":{"summary":"Alarms by raised, 500 a page","parameters":[\(bounds),{"name":"state","in":"query","schema":{"enum":["open","closed","all"],"default":"all"}},\(cursor),\(atLeast)],"responses":{\(answer("Alarms"))}}},
        "/api/v1/kpis":{"get":{"summary":"Answer, attendance, closed at the centre, unintended","parameters":[\(bounds),\(atLeast)],"responses":{\(answer("KeyFigures"))}}},
        "/api/v1/sources":{"get":{"summary":"Ledgers of the sources","parameters":[\(municipality),\(atLeast)],"responses":{\(answer("Sources"))}}},
        "/api/v1/quarantine":{"get":{"summary":"Refused events","parameters":[{"name":"municipality","in":"query","description":"without it (admin): those whose topic leads to no municipality","schema":\(digits)},\(cursor),\(atLeast)],"responses":{\(answer("Quarantine"))}}}
        },
        "components":{"securitySchemes":{"bearer":{"type":"http","scheme":"bearer"}},
        "schemas":{
        "Problem":{"type":"object","required":["type","title","status","detail"],"properties":{"type":{"type":"string"},"title":{"type":"string"},"status":{"type":"integer"},"detail":{"type":"string"}}},
        "Status":{"type":"object","required":["instance","version","journalPosition","viewPosition","broker","startedAt"],"properties":{"instance":{"type":"string"},"version":{"type":"string"},"journalPosition":{"type":"integer"},"viewPosition":{"type":"integer"},"broker":{"type":"string"},"startedAt":\(time)}},
        "Municipalities":{"type":"object","required":["municipalities"],"properties":{"municipalities":{"type":"array","items":{"type":"object","required":["number","name","zones"],"properties":{"number":\(digits),"name":{"type":"string"},"zones":{"type":"array","items":{"type":"object","required":["id","name"],"properties":{"id":{"type":"string"},"name":{"type":"string"}}}}}}}}},
        "Cell":{"type":"object","required":["zone","start","revised","outcomes"],"properties":{"zone":{"type":"string"},"start":\(time),\(measures),"outcomes":{"type":"object","additionalProperties":{"type":"integer"}},"revised":{"type":"boolean"}}},
        "Loads":{"type":"object","required":["municipality","from","to","step","position","cells"],"properties":{"municipality":\(digits),"from":\(time),"to":\(time),"step":{"type":"string"},"position":{"type":"integer"},"cells":{"type":"array","items":{"$ref":"#/components/schemas/Cell"}}}},
        "Step":{"type":"object","required":["t","id","flag","late"],"properties":{"t":\(time),"id":{"type":"string"},"flag":{"type":["string","null"]},"late":{"type":"boolean"}}},
        "Alarm":{"type":"object","required":["municipality","source","alarm","zone","respondingZone","state","steps","repeats","flags","intervals"],"properties":{"municipality":\(digits),"source":{"type":"string"},"alarm":{"type":"string"},"zone":{"type":"string"},"respondingZone":{"type":"string"},"device":{"type":["string","null"]},"kind":{"type":["string","null"]},"priority":{"type":["integer","null"]},"test":{"type":"boolean"},"state":{"enum":["open","closed"]},"outcome":{"type":["string","null"]},"cause":{"type":["string","null"]},"voice":{"type":["boolean","null"]},"responders":{"type":"integer"},"steps":{"type":"object","additionalProperties":{"$ref":"#/components/schemas/Step"}},"repeats":{"type":"integer"},"flags":{"type":"array","items":{"type":"string"}},"intervals":{"type":"object","additionalProperties":{"type":["integer","null"]}}}},
        "Alarms":{"type":"object","required":["alarms","next"],"properties":{"alarms":{"type":"array","items":{"$ref":"#/components/schemas/Alarm"}},"next":{"type":["string","null"]}}},
        "Share":{"type":"object","required":["numerator","denominator","value","low","high","small"],"properties":{"numerator":{"type":"integer"},"denominator":{"type":"integer"},"value":{"type":["number","null"]},"low":{"type":["number","null"]},"high":{"type":["number","null"]},"small":{"type":"boolean"}}},
        "Waits":{"type":"object","required":["n","none","negative","p50Ms","p90Ms"],"properties":{"n":{"type":"integer"},"none":{"type":"integer"},"negative":{"type":"integer"},"p50Ms":{"type":["integer","null"]},"p90Ms":{"type":["integer","null"]}},"additionalProperties":{"$ref":"#/components/schemas/Share"}},
        "KeyFigures":{"type":"object","required":["alarms","answer","attendance","closedAtCentre","unintended"],"properties":{"alarms":{"type":"integer"},"answer":{"$ref":"#/components/schemas/Waits"},"attendance":{"$ref":"#/components/schemas/Waits"},"closedAtCentre":{"$ref":"#/components/schemas/Share"},"unintended":{"$ref":"#/components/schemas/Share"}}},
        "Source":{"type":"object","required":["municipality","source","messages","received","accepted","duplicates","rejected","late","clocks","firstSequence","lastSequence","missing","sequenceReuse"],"properties":{"municipality":\(digits),"source":{"type":"string"},"messages":{"type":"integer"},"received":{"type":"integer"},"accepted":{"type":"integer"},"duplicates":{"type":"integer"},"rejected":{"type":"integer"},"late":{"type":"integer"},"clocks":{"type":"object","additionalProperties":{"type":"integer"}},"firstSequence":{"type":["string","null"]},"lastSequence":{"type":["string","null"]},"missing":{"type":"array","items":{"type":"object","required":["from","to"],"properties":{"from":{"type":"string"},"to":{"type":"string"}}}},"sequenceReuse":{"type":"integer"},"sequenceReuseFirst":{"type":["string","null"]}}},
        "Sources":{"type":"object","required":["sources"],"properties":{"sources":{"type":"array","items":{"$ref":"#/components/schemas/Source"}}}},
        "Quarantine":{"type":"object","required":["items","next"],"properties":{"items":{"type":"array","items":{"type":"object","required":["position","received","topic","index","id","reason","excerpt"],"properties":{"position":{"type":"integer"},"received":\(time),"topic":{"type":"string"},"index":{"type":"integer"},"id":{"type":["string","null"]},"reason":{"type":"string"},"excerpt":{"type":"string"}}}},"next":{"type":["string","null"]}}}
        }}}
        """
    }

    private static let digits = #"{"type":"string","pattern":"^[0-9]{4}$"}"#
    private static let time = #"{"type":"string","format":"date-time"}"#
    private static let municipality = #"{"name":"municipality","in":"query","required":true,"schema":{"type":"string","pattern":"^[0-9]{4}$"}}"#
    private static let bounds =
        municipality
        + #",{"name":"from","in":"query","required":true,"description":"instant with offset, or a local date","schema":{"type":"string"}},{"name":"to","in":"query","required":true,"description":"excluded","schema":{"type":"string"}},{"name":"zone","in":"query","schema":{"type":"string","pattern":"^[a-z0-9-]{1,32}$"}}"#
    private static let cursor = #"{"name":"cursor","in":"query","description":"next of the page before","schema":{"type":"string"}}"#
    private static let atLeast =
        #"{"name":"atLeast","in":"query","description":"wait until the views have reached this position, 5 s at most","schema":{"type":"integer","minimum":0}}"#
    private static let measures = MeasureNames.all.map { "\"\($0)\":{\"type\":\"integer\"}" }.joined(separator: ",")

    private static func answer(_ schema: String) -> String {
        let problem =
            ##"{"description":"Problem details (RFC 9457)","content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}}"##
        let refusals = ["400", "401", "403", "503"].map { "\"\($0)\":\(problem)" }.joined(separator: ",")
        return
            "\"200\":{\"description\":\"OK\",\"headers\":{\"Vaktlast-Position\":{\"description\":\"journal position of the views\",\"schema\":{\"type\":\"integer\"}}},\"content\":{\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/\(schema)\"}}}},\(refusals)"
    }
}
