package dev.tournant.adapter.signature;

import dev.tournant.adapter.Signatures;

/** The hash below an HMAC. SHA-1 is there for old subscriptions only. */
public enum HmacAlgorithm {
    SHA1("HmacSHA1"),
    SHA256("HmacSHA256");

    private final String jcaName;

    HmacAlgorithm(String jcaName) {
        this.jcaName = jcaName;
    }

    /** The HMAC over the parts one after another. */
    public byte[] mac(byte[] key, byte[]... parts) {
        return Signatures.hmac(jcaName, key, parts);
    }
}
