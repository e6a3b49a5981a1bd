import COpenSSL

/// AES in CBC mode as DC-09 uses it: the initialisation vector is zero, padding is the sender's own.
enum DC09Cipher {
    /// Nil where the bytes are no whole blocks or there is no such key length (16, 24 or 32 bytes).
    static func decrypt(_ bytes: [UInt8], key: [UInt8]) -> [UInt8]? {
        guard !bytes.isEmpty, bytes.count % 16 == 0, bytes.count <= DC09Frame.bytesMax, let context = EVP_CIPHER_CTX_new() else { return nil }
        defer { EVP_CIPHER_CTX_free(context) }
        let cipher: OpaquePointer?
        switch key.count {
        case 16: cipher = EVP_aes_128_cbc()
        case 24: cipher = EVP_aes_192_cbc()
        case 32: cipher = EVP_aes_256_cbc()
        default: return nil
        }
        let vector = [UInt8](repeating: 0, count: 16)
        guard EVP_DecryptInit_ex(context, cipher, nil, key, vector) == 1, EVP_CIPHER_CTX_set_padding(context, 0) == 1 else { return nil }
        var isGood = false
        let text = [UInt8](unsafeUninitializedCapacity: bytes.count + 16) { buffer, count in
            var (first, last): (Int32, Int32) = (0, 0)
            guard let start = buffer.baseAddress, EVP_DecryptUpdate(context, start, &first, bytes, Int32(bytes.count)) == 1,
                EVP_DecryptFinal_ex(context, start + Int(first), &last) == 1
            else { return }
            isGood = true
            count = Int(first + last)
        }
        return isGood ? text : nil
    }
}
