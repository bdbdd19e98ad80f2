package dev.funnel.runtime.wire;

import dev.funnel.runtime.error.CallerError;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads pools of candidates and the columns that belong to them, with the same manners as {@link FromWire}. */
public final class CandidatesFromWire {
    private CandidatesFromWire() {}

    public static Candidates candidates(String field, dev.funnel.proto.common.v1.Candidates wire) {
        List<String> ids = Bounds.ids(field + ".item_ids", wire.getItemIdsList(), Bounds.CANDIDATES);
        refuseRepeats(field + ".item_ids", ids);
        List<dev.funnel.proto.common.v1.Nomination> nominations = wire.getNominationsList();
        Bounds.atMost(field + ".nominations", nominations, Bounds.GENERATORS);
        Nomination[] read = new Nomination[nominations.size()];
        for (int i = 0; i < read.length; i++) {
            read[i] = nomination(field + ".nominations[" + i + "]", nominations.get(i), ids.size());
        }
        return new Candidates(ids, List.of(read), calibratedScores(field, wire, ids.size()));
    }

    /** One finite score per candidate. */
    public static float[] scores(String field, List<Float> wire, int candidates) {
        return Bounds.finite(field, wire, candidates);
    }

    /** Values of heads, each one finite value per candidate. */
    public static List<HeadValues> heads(
            String field, List<dev.funnel.proto.common.v1.HeadValues> wire, int candidates) {
        Bounds.atMost(field, wire, Bounds.HEADS);
        HeadValues[] heads = new HeadValues[wire.size()];
        for (int i = 0; i < heads.length; i++) {
            String at = field + "[" + i + "]";
            heads[i] = new HeadValues(
                    Bounds.requiredId(at + ".head", wire.get(i).getHead()),
                    Bounds.finite(at + ".values", wire.get(i).getValuesList(), candidates));
        }
        return List.of(heads);
    }

    private static void refuseRepeats(String field, List<String> ids) {
        Set<String> seen = HashSet.newHashSet(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            if (!seen.add(ids.get(i))) {
                throw new CallerError(field + "[" + i + "]", ids.get(i), "must not stand twice");
            }
        }
    }

    private static float[] calibratedScores(String field, dev.funnel.proto.common.v1.Candidates wire, int rows) {
        List<Float> column = wire.getCalibratedScoresList();
        return column.isEmpty() ? new float[0] : Bounds.finite(field + ".calibrated_scores", column, rows);
    }

    private static Nomination nomination(String field, dev.funnel.proto.common.v1.Nomination wire, int candidates) {
        int size = wire.getPositionsCount();
        List<Float> pool = wire.getPoolScoresList();
        List<Float> calibrated = wire.getCalibratedList();
        return new Nomination(
                Bounds.requiredId(field + ".generator", wire.getGenerator()),
                positions(field + ".positions", wire.getPositionsList(), candidates),
                Bounds.finite(field + ".scores", wire.getScoresList(), size),
                calibrated.isEmpty() ? new float[0] : Bounds.finite(field + ".calibrated", calibrated, size),
                pool.isEmpty() ? new float[0] : Bounds.finite(field + ".pool_scores", pool, candidates),
                QueryOrigin.ofNumber(wire.getOriginValue()),
                itemOrigins(field + ".item_origins", wire.getItemOriginsValueList(), size));
    }

    private static List<ItemOrigin> itemOrigins(String field, List<Integer> wire, int nominated) {
        if (!wire.isEmpty() && wire.size() != nominated) {
            throw new CallerError(field, wire.size() + " values", "must be as many as positions: " + nominated);
        }
        return wire.stream().map(ItemOrigin::ofNumber).toList();
    }

    /** Positions of candidates, at most as many as there are. */
    public static int[] positions(String field, List<Integer> wire, int candidates) {
        Bounds.atMost(field, wire, candidates);
        int[] positions = new int[wire.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = wire.get(i);
            if (positions[i] < 0 || positions[i] >= candidates) {
                throw new CallerError(
                        field + "[" + i + "]",
                        Integer.toUnsignedLong(positions[i]),
                        "must be below the number of candidates: " + candidates);
            }
        }
        return positions;
    }
}
