package audit

import (
	"slices"

	"guan/policy"
)

// Group is a sort of acts that somebody asks the log for.
type Group string

// The groups. What is in none of them is an edit of a record: the kinds' own actions (claim, close, …).
const (
	Reads          Group = "reads"
	Edits          Group = "edits"
	Exports        Group = "exports"
	Refusals       Group = "refusals"
	Accesses       Group = "access" // grants, sandboxes, requests, emergencies
	SignIns        Group = "sign_in"
	Administration Group = "administration"
)

// Groups are all groups.
var Groups = []Group{Reads, Edits, Exports, Refusals, Accesses, SignIns, Administration}

var grouped = map[Group][]Action{
	Reads:    {Action(policy.Read), Action(policy.Reveal), Action(policy.Figures), List, Count, Explain, Downloaded, ReportFetched},
	Exports:  {Action(policy.Export), Copied},
	Refusals: {Refused, SignInFailed, SignInLocked, FactorFailed, PasskeyCopied, EmergencyMissed},
	Accesses: {GrantGiven, GrantRevoked, GrantUsed, SandboxChanged, SandboxWarned, SandboxUsed, Requested, RequestDecided, RequestWithdrawn, RequestExpired,
		RequestsReminded, AwaySet, EmergencyOpened, EmergencyEnded, EmergencyReviewed, EmergencyReminded},
	SignIns: {SignIn, SignOut, SessionEnded, PasswordSet, TokenCreated, TokenRevoked, AccountStopped, AccountOpened, AccountFrozen, AccountThawed,
		FactorAdded, FactorRemoved, FactorReset, FactorProved, PasskeyAdded, PasskeyNamed, PasskeyRemoved, RecoveryMade, DeviceAsked, DeviceAdmitted, DeviceEnded, DeviceBlocked, DeviceNamed,
		WatermarkShown},
	Administration: {OrgChanged, PolicyChanged, FieldChanged, PolicyAlone, DraftChanged, Setup, ViewSaved, ViewDeleted, Checked, Archived, Moved, ArchiveErased, ArchiveSpared, RetentionSet, Streamed, KeyChanged, PartsErased, Rekeyed,
		AlertRaised, AlertJudged, FactorAsked, HoneyMarked, WatchChanged, StreamTried, StreamEnded, WatermarkTraced, Traced,
		WorkBegan, WorkEnded, WorkCancelled, MailChanged, MailAsked, MailSent, MailFailed, ReportAsked, ReportMade},
}

// In returns the acts of a group; of Edits those of all the others, which it is without.
func In(g Group) (acts []Action, without bool) {
	if g != Edits {
		return grouped[g], false
	}
	for _, of := range grouped {
		acts = append(acts, of...)
	}
	slices.Sort(acts)
	return acts, true
}
