package dev.tournant.cluster.schedule;

/** What a schedule consists of. */
record Parts(
        ScheduleSettings settings,
        Lines lines,
        Table table,
        Beliefs beliefs,
        Sorts sorts,
        Price price,
        Audit audit,
        Agenda agenda,
        Wanted wanted,
        Learning learning,
        Placing placing,
        Overview overview) {
    static Parts of(ScheduleSettings settings) {
        Lines lines = new Lines();
        Table table = new Table(lines);
        Beliefs beliefs = new Beliefs(lines, settings.forgetHalfLifeSeconds());
        Sorts sorts = new Sorts();
        Price price = new Price(settings.callsPerSecond(), settings.worthSeconds());
        Audit audit = new Audit(settings.auditEvery(), settings.seed());
        Agenda agenda = new Agenda(table, settings.shares());
        Wanted wanted = new Wanted();
        Valuation valuation = new Valuation(table, beliefs, settings.lagWeight());
        Learning learning = new Learning(table, beliefs, sorts, audit);
        return new Parts(
                settings,
                lines,
                table,
                beliefs,
                sorts,
                price,
                audit,
                agenda,
                wanted,
                learning,
                new Placing(
                        table,
                        beliefs,
                        sorts,
                        price,
                        agenda,
                        wanted,
                        learning,
                        valuation,
                        settings.shares().aged()),
                new Overview(table, beliefs, valuation, sorts));
    }

    /** The class of a resource. */
    Sort sort(int id) {
        return sorts.get(table.sort(id));
    }

    /** No poll of it is under way: it goes where it belongs, unless it is held. */
    void settle(int id, double now) {
        if (table.phase(id) != Phase.HELD) {
            placing.seat(id, now);
        }
    }

    /** Bytes of all that grows with the number of resources. */
    long bytes() {
        return lines.bytes() + table.bytes() + agenda.bytes();
    }
}
