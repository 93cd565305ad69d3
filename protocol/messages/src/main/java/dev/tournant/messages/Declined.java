package dev.tournant.messages;

/** No, and why; what a question or an order to the cluster fails with. */
public final class Declined extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;

    public Declined(Problem problem, String detail) {
        super(detail, null, false, false);
        this.problem = problem;
    }

    /** What a merchant answered in place of what was asked for. */
    public static Declined of(MerchantReply reply) {
        if (reply instanceof MerchantReply.Rejected rejected) {
            return new Declined(rejected.problem(), rejected.detail());
        }
        if (reply instanceof MerchantReply.SlowDown) {
            return new Declined(Problem.SLOW_DOWN, "the merchant has no room for more now");
        }
        return new Declined(
                Problem.DEFECT, "a merchant answered with " + reply.getClass().getSimpleName());
    }

    public Problem problem() {
        return problem;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}
