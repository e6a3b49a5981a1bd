import CSimdjson

/// Help for tables that are larger than the processor's caches.
enum LargeTable {
    /// Fetches the place of an element without waiting for it.
    @inline(__always)
    static func prefetch(_ address: UnsafePointer<UInt64>) { vl_prefetch(address) }

    /// The next size of a table of a power of two: fourfold as long as that is at most 128 MB, to grow less often.
    static func grown(_ count: Int) -> Int { count <= 1 << 22 ? count * 4 : count * 2 }

    /// Zeros, in large pages where the system gives them: a place anywhere is then found by one look at the page table.
    static func zeros(_ count: Int) -> ContiguousArray<UInt64> {
        ContiguousArray(unsafeUninitializedCapacity: count) { buffer, initializedCount in
            vl_prefer_large_pages(buffer.baseAddress, count * MemoryLayout<UInt64>.stride)
            buffer.initialize(repeating: 0)
            initializedCount = count
        }
    }
}
