package dev.tournant.model;

/** How an order reaches the guest. */
public enum Fulfilment {
    DELIVERY,
    PICK_UP,
    DINE_IN
}
