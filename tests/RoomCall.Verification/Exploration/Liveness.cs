namespace RoomCall.Verification.Exploration;

/// <summary>Decides on the whole graph what no single state can tell: whether every way that a world that behaves may take comes to a good
/// rest.</summary>
internal static class Liveness
{
    /// <summary>Finds the states from which some way goes round in circles.</summary>
    /// <param name="graph">The graph, with all its states expanded.</param>
    /// <returns>One state on each shortest way into a circle, or none.</returns>
    public static int? FindCircle(StateGraph graph)
    {
        // Peel off, again and again, the states all of whose ways on are peeled off; what remains leads into a circle.
        int count = graph.Count;
        int[] open = new int[count];
        int[] firstOf = new int[count + 1];
        int edges = 0;
        for (int state = 0; state < count; state++)
        {
            open[state] = graph.Edges(state).Length;
            edges += open[state];
            foreach (int next in graph.Edges(state))
                firstOf[next + 1]++;
        }

        for (int state = 0; state < count; state++)
            firstOf[state + 1] += firstOf[state];

        int[] cameFrom = new int[edges];
        int[] filled = firstOf[..count];
        for (int state = 0; state < count; state++)
        {
            foreach (int next in graph.Edges(state))
                cameFrom[filled[next]++] = state;
        }

        Stack<int> done = new();
        for (int state = 0; state < count; state++)
        {
            if (open[state] == 0)
                done.Push(state);
        }

        int left = count;
        while (done.TryPop(out int state))
        {
            left--;
            for (int i = firstOf[state]; i < firstOf[state + 1]; i++)
            {
                if (--open[cameFrom[i]] == 0)
                    done.Push(cameFrom[i]);
            }
        }

        return left == 0 ? null : FirstOnCircle(graph, open);
    }

    // From the first state that remains, going on through what remains comes round to itself within so many steps.
    private static int FirstOnCircle(StateGraph graph, int[] open)
    {
        int state = Array.FindIndex(open, static ways => ways > 0);
        HashSet<int> seen = [];
        while (seen.Add(state))
        {
            foreach (int next in graph.Edges(state))
            {
                if (open[next] > 0)
                {
                    state = next;
                    break;
                }
            }
        }

        return state;
    }
}
