using Microsoft.Extensions.Options;

namespace RoomCall.SipSorcery;

/// <summary>Names every option that is outside its range, with the range.</summary>
internal sealed class SipSorceryOptionsValidator : IValidateOptions<SipSorceryOptions>
{
    public ValidateOptionsResult Validate(string? name, SipSorceryOptions options)
    {
        string[] errors = [.. options.Errors()];
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
