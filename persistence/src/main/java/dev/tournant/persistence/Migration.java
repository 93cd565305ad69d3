package dev.tournant.persistence;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Turns the stored form of one version into that of the next. */
interface Migration {
    void apply(ObjectNode stored);
}
