package dev.tournant.model;

/** Whether a thing is offered, as somebody set it by hand. */
public enum SaleStatus {
    FOR_SALE,
    /** Off for now; comes back by itself at the record's {@code until}, or else when somebody puts it back. */
    PAUSED,
    /** Off until somebody puts it back. */
    OFF
}
