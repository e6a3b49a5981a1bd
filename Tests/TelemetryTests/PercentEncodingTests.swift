import Telemetry
import Testing

@Suite("Text in addresses")
struct PercentEncodingTests {
    @Test("all but unreserved characters are written by their bytes")
    func encoding() { #expect("a b&c=d+e/å~-._9Z".percentEncoded == "a%20b%26c%3Dd%2Be%2F%C3%A5~-._9Z") }
}
