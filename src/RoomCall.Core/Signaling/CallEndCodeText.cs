namespace RoomCall;
internal static class CallEndCodeText { public static string ToText(CallEndCode c)=>c.ToString(); public static CallEndCode? FromText(string t)=>null; }
