import CFuzzer
import Glibc

/// Runs one target under libFuzzer: `fuzzer TARGET [libFuzzer's arguments and folders]`.
@main
enum Fuzzer {
    static func main() {
        var argv = CommandLine.unsafeArgv
        let name = CommandLine.argc > 1 ? argv[1].map { String(cString: $0) } ?? "" : ""
        // libFuzzer is to see the program's name and what follows the target.
        argv[1] = argv[0]
        argv += 1
        var argc = CommandLine.argc - 1
        switch name {
        case "messages": exit(LLVMFuzzerRunDriver(&argc, optional(&argv), { Fuzzer.run(MessagesTarget.shared.check, $0, $1) }))
        case "decoder": exit(LLVMFuzzerRunDriver(&argc, optional(&argv), { Fuzzer.run(BothReaders.shared.check, $0, $1) }))
        case "masking": exit(LLVMFuzzerRunDriver(&argc, optional(&argv), { Fuzzer.run(MaskingTarget.check, $0, $1) }))
        case "topics": exit(LLVMFuzzerRunDriver(&argc, optional(&argv), { Fuzzer.run(TopicsTarget.check, $0, $1) }))
        case "scaip": exit(LLVMFuzzerRunDriver(&argc, optional(&argv), { Fuzzer.run(CodecTarget.shared.scaip, $0, $1) }))
        case "dc09": exit(LLVMFuzzerRunDriver(&argc, optional(&argv), { Fuzzer.run(CodecTarget.shared.dc09, $0, $1) }))
        case "native": exit(LLVMFuzzerRunDriver(&argc, optional(&argv), { Fuzzer.run(CodecTarget.shared.json, $0, $1) }))
        default:
            say("usage: fuzzer decoder|messages|masking|topics|scaip|dc09|native [libFuzzer's arguments]\n")
            exit(2)
        }
    }

    private static func optional(
        _ argv: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>
    ) -> UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?> {
        UnsafeMutableRawPointer(argv).assumingMemoryBound(to: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?.self)
    }

    private static func run(_ check: ([UInt8]) -> Void, _ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
        check(Array(UnsafeBufferPointer(start: bytes, count: count)))
        return 0
    }
}

private func say(_ text: String) {
    _ = write(STDERR_FILENO, text, text.utf8.count)
}

/// Ends the process where a promise does not hold; libFuzzer then keeps the input.
func expect(_ holds: Bool, _ promise: @autoclosure () -> String) {
    if holds { return }
    say("\nPROMISE BROKEN: \(promise())\n")
    abort()
}
