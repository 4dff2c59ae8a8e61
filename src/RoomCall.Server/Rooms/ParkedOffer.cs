namespace RoomCall.Server.Rooms;

/// <summary>What a member that was alone has left for the next one to come; the messages themselves are the room's to keep.</summary>
/// <param name="By">The member.</param>
/// <param name="Generation">Which negotiation the messages belong to.</param>
/// <param name="TakenBy">The one who was handed them, or null; the member itself: nobody is handed anything of this generation any more.</param>
internal sealed record ParkedOffer(string By, int Generation, string? TakenBy)
{
    public ParkedOffer Voided => this with { TakenBy = By };

    public bool IsVoid => TakenBy == By;
}
