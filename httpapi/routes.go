package httpapi

import (
	"slices"

	"guan/access"
	"guan/org"
	"guan/store"
)

const v1 = "/api/v1"

// routes is the table: every route, who may call it at all, and what it takes and gives. What a
// caller may see behind a route is decided by the Session alone. A test holds a second table that
// says for each row what each persona gets.
func (a *api) routes() []route {
	return slices.Concat(
		a.sessionRoutes(),
		a.factorRoutes(),
		a.passkeyRoutes(),
		a.deviceRoutes(),
		a.recordRoutes(),
		a.recordPageRoutes(),
		a.revealRoutes(),
		a.viewRoutes(),
		a.massRoutes(),
		a.poolRoutes(),
		a.ownershipRoutes(),
		a.rightRoutes(),
		a.sandboxRoutes(),
		a.orgRoutes(),
		a.reorganiseRoutes(),
		a.setupRoutes(),
		a.policyRoutes(),
		a.tagRoutes(),
		a.draftRoutes(),
		a.versionRoutes(),
		a.matrixRoutes(),
		a.conditionRoutes(),
		a.jobRoutes(),
		a.figureRoutes(),
		a.statisticsRoutes(),
		a.noticeRoutes(),
		a.requestRoutes(),
		a.exportControlRoutes(),
		a.auditRoutes(),
		a.traceRoutes(),
		a.alertRoutes(),
		a.mailRoutes(),
		a.reportRoutes(),
		a.watermarkRoutes(),
		a.askingRoutes(),
		a.emergencyRoutes(),
		a.searchRoutes(),
		a.serviceRoutes(),
	)
}

// sessionRoutes are of who one is, and how one signs in.
func (a *api) sessionRoutes() []route {
	return []route{
		post(v1+"/session", anyone, a.signIn, "signIn", "Sign in with login and password").takes(smallBody, signIn{}).gives(200, signedIn{}),
		remove(v1+"/session", person, a.signOut, "signOut", "Sign out"),
		get(v1+"/sessions", person, a.sessions, "sessions", "My sessions").gives(200, items[signedInSession]{}),
		remove(v1+"/sessions/{id}", person, a.endSession, "endSession", "End one of my sessions"),
		post(v1+"/password", person, a.changePassword, "changePassword", "Change my password; my other sessions end").takes(smallBody, passwordChange{}),
		get(v1+"/tokens", person, a.tokens, "tokens", "My API tokens").gives(200, items[token]{}),
		post(v1+"/tokens", person, a.createToken, "createToken", "Make an API token; its secret is shown this once").takes(smallBody, newToken{}).gives(201, madeToken{}),
		remove(v1+"/tokens/{id}", person, a.revokeToken, "revokeToken", "Revoke one of my API tokens"),

		get(v1+"/me/handover-note", person, a.ownNote, "ownNote", "What I leave to who will get my records").gives(200, store.OwnNote{}),
		put(v1+"/me/handover-note", person, a.setOwnNote, "setOwnNote", "Write what I leave to who will get my records; without words it is taken back").takes(smallBody, noteIn{}).gives(200, store.OwnNote{}),
		get(v1+"/me", either, a.me, "me", "Who I am and where I stand").gives(200, store.Me{}).viewed(),
		get(v1+"/kinds", either, a.kinds, "kinds", "The kinds and fields that some rule lets me see").gives(200, items[store.KindInfo]{}).viewed(),
	}
}

// recordRoutes are of records.
func (a *api) recordRoutes() []route {
	return []route{
		get(v1+"/records/{kind}", either, a.listRecords, "listRecords", "A page of a kind").asks(listParams...).gives(200, store.Page{}).viewed(),
		post(v1+"/records/{kind}", either, a.createRecord, "createRecord", "Make a record").takes(recordBody, recordFields{}).gives(201, store.Item{}),
		post(v1+"/records/{kind}/batch", either, a.batchRecords, "batchRecords", "Change or delete several records, all or none").takes(batchBody, batch{}).gives(200, items[store.Item]{}),
		get(v1+"/records/{kind}/{id}", either, a.getRecord, "getRecord", "One record").gives(200, store.Item{}).viewed(),
		patch(v1+"/records/{kind}/{id}", either, a.updateRecord, "updateRecord", "Change fields of a record").onMatch().takes(recordBody, recordFields{}).gives(200, store.Item{}),
		remove(v1+"/records/{kind}/{id}", either, a.deleteRecord, "deleteRecord", "Delete a record").onMatch(),
	}
}

// rightRoutes are of why, and rights on single records.
func (a *api) rightRoutes() []route {
	return []route{
		get(v1+"/explain", either, a.explain, "explain", "Why an action or a field is open or closed").asks(explainParams...).gives(200, store.Explanation{}).viewed(),
		get(v1+"/who-can", either, a.whoCan, "whoCan", "Who may do something with a record").asks(whoCanParams...).gives(200, store.WhoCan{}),

		get(v1+"/access", either, a.access, "access", "What somebody holds, whence, and until when").asks(accessParams...).gives(200, store.Access{}),
		get(v1+"/records/{kind}/{id}/team", either, a.team, "team", "The collaborators of a record").gives(200, items[store.Collaborator]{}),
		post(v1+"/records/{kind}/{id}/team", either, a.addCollaborator, "addCollaborator", "Bring somebody onto a record").takes(smallBody, store.NewCollaborator{}),
		remove(v1+"/records/{kind}/{id}/team/{person}", either, a.removeCollaborator, "removeCollaborator", "Take somebody off a record"),
		get(v1+"/grants", either, a.grants, "grants", "Temporary access that was given").asks(grantParams...).gives(200, items[store.Grant]{}),
		post(v1+"/grants", person, a.grant, "grant", "Give somebody temporary access").takes(recordBody, newGrant{}).gives(201, store.Grant{}),
		post(v1+"/grants/plan", person, a.planGrant, "planGrant", "What temporary access would give; nothing is given").takes(recordBody, newGrant{}).gives(200, store.GrantPlan{}),
		post(v1+"/grants/{id}/extend", person, a.extendGrant, "extendGrant", "Give temporary access again, until another end").takes(smallBody, extendedGrant{}).gives(201, store.Grant{}),
		post(v1+"/grants/{id}/view", person, a.viewGranted, "viewGranted", "The one view that temporary access was given for, which uses it up").gives(200, store.GrantView{}),
		remove(v1+"/grants/{id}", person, a.revokeGrant, "revokeGrant", "Take temporary access back").gives(200, store.Grant{}),
	}
}

// orgRoutes are of the organisation.
func (a *api) orgRoutes() []route {
	return []route{
		get(v1+"/org/units", either, a.units, "units", "The organisation").gives(200, items[store.Unit]{}).viewedAlike(),
		post(v1+"/org/units", either, a.createUnit, "createUnit", "Add a unit").takes(smallBody, store.UnitFields{}).gives(201, store.Unit{}),
		patch(v1+"/org/units/{id}", either, a.updateUnit, "updateUnit", "Rename, move, place or re-head a unit").onMatch().takes(smallBody, store.UnitFields{}).gives(200, store.Unit{}),
		remove(v1+"/org/units/{id}", either, a.deleteUnit, "deleteUnit", "Remove an empty unit").onMatch(),
		get(v1+"/org/units/{id}/appointments", either, a.unitAppointments, "unitAppointments", "Who holds which position in a unit").gives(200, items[store.Appointment]{}).viewedAlike(),
		get(v1+"/org/appointments", either, a.appointments, "appointments", "Somebody's appointments").asks(appointmentParams...).gives(200, items[store.Appointment]{}).viewedAlike(),
		post(v1+"/org/appointments", either, a.appoint, "appoint", "Put somebody into a unit").takes(smallBody, store.NewAppointment{}).gives(201, store.Appointment{}),
		patch(v1+"/org/appointments/{id}", either, a.changeAppointment, "changeAppointment", "Move the ends of an appointment").onMatch().takes(smallBody, store.AppointmentChange{}).gives(200, store.Appointment{}),
		remove(v1+"/org/appointments/{id}", either, a.endAppointment, "endAppointment", "End an appointment now").onMatch(),
		get(v1+"/org/positions", either, a.positions, "positions", "The positions").gives(200, items[org.Position]{}).viewedAlike(),
		put(v1+"/org/positions/{code}", either, a.putPosition, "putPosition", "Make or rename a position").takes(smallBody, positionLabel{}).gives(200, org.Position{}),
		remove(v1+"/org/positions/{code}", either, a.deletePosition, "deletePosition", "Remove a position that nothing names"),
		get(v1+"/org/pools", either, a.pools, "pools", "The pools").gives(200, items[store.Pool]{}).viewedAlike(),
		post(v1+"/org/pools", either, a.createPool, "createPool", "Make a pool").takes(recordBody, poolFields{}).gives(201, store.Pool{}),
		patch(v1+"/org/pools/{id}", either, a.updatePool, "updatePool", "Rename a pool and say to whom it is open").onMatch().takes(recordBody, poolFields{}).gives(200, store.Pool{}),
		remove(v1+"/org/pools/{id}", either, a.deletePool, "deletePool", "Remove an empty pool").onMatch(),
		get(v1+"/org/people/{id}/account", either, a.personAccount, "personAccount", "How somebody signs in").gives(200, store.Account{}),
		post(v1+"/org/people/{id}/stop", either, a.stopAccount, "stopAccount", "Sign somebody out and keep them out").gives(200, store.Account{}),
		post(v1+"/org/people/{id}/open", either, a.openAccount, "openAccount", "Let somebody sign in again").gives(200, store.Account{}),
		put(v1+"/org/people/{id}/password", person, a.givePassword, "givePassword", "Give somebody else a password").takes(smallBody, givenPassword{}),
	}
}

// policyRoutes are of packs, rules and fields.
func (a *api) policyRoutes() []route {
	return []route{
		get(v1+"/policy/packs", either, a.packs, "packs", "The packs, rule by rule").gives(200, items[store.Pack]{}),
		get(v1+"/policy/assignments", either, a.assignments, "assignments", "What the packs hang on").gives(200, items[access.Assignment]{}),
		post(v1+"/policy/assignments", either, a.assignPack, "assignPack", "Hang a pack on people").takes(smallBody, newAssignment{}).gives(201, access.Assignment{}),
		patch(v1+"/policy/assignments/{id}", either, a.changeAssignment, "changeAssignment", "Give an assignment another window").takes(smallBody, window{}).gives(200, access.Assignment{}),
		remove(v1+"/policy/assignments/{id}", either, a.unassignPack, "unassignPack", "Take an assignment away"),
		get(v1+"/policy/rules", either, a.rules, "rules", "The sharing rules and guards that were written").gives(200, items[store.WrittenRule]{}),
		put(v1+"/policy/rules/{rule}", either, a.putRule, "putRule", "Write a sharing rule or guard").takes(recordBody, ruleFields{}).gives(200, store.WrittenRule{}),
		post(v1+"/policy/rules/{rule}/end", either, a.endRule, "endRule", "Bring the end of a sharing rule forward, and change nothing else of it").takes(smallBody, ruleEnd{}).gives(200, store.WrittenRule{}),
		remove(v1+"/policy/rules/{rule}", either, a.deleteRule, "deleteRule", "Take a written rule away"),
		get(v1+"/policy/templates", either, a.ruleTemplates, "ruleTemplates", "Sharing rules and guards to begin with").gives(200, items[ruleTemplate]{}),
		get(v1+"/routings", either, a.routings, "routings", "Whom a tag or stage concerns when it appears").gives(200, items[store.WrittenRouting]{}),
		post(v1+"/routings", either, a.createRouting, "createRouting", "Add a routing").takes(smallBody, access.Routing{}).gives(201, store.WrittenRouting{}),
		put(v1+"/routings/{id}", either, a.updateRouting, "updateRouting", "Write a routing anew").onMatch().takes(smallBody, access.Routing{}).gives(200, store.WrittenRouting{}),
		remove(v1+"/routings/{id}", either, a.deleteRouting, "deleteRouting", "Take a routing away").onMatch(),
		get(v1+"/policy/fields", either, a.customFields, "customFields", "The fields that the company added").gives(200, items[store.WrittenField]{}),
		put(v1+"/policy/fields/{kind}", either, a.orderCustomFields, "orderCustomFields", "Put the fields of a kind in another order").takes(smallBody, fieldOrder{}),
		put(v1+"/policy/fields/{kind}/{key}", either, a.putCustomField, "putCustomField", "Add a field at version 0, or change it").onMatch().takes(recordBody, customFieldParts{}).gives(200, store.WrittenField{}),
		remove(v1+"/policy/fields/{kind}/{key}", either, a.deleteCustomField, "deleteCustomField", "Remove a field with its values"),
		post(v1+"/policy/impact", either, a.impact, "impact", "Who would gain or lose what by a draft").takes(recordBody, draft{}).gives(200, store.Impact{}),
		get(v1+"/sees", either, a.sees, "sees", "What somebody sees of each kind, and through which rules").asks(seesParams...).gives(200, store.Sight{}),
	}
}

// jobRoutes are of imports and exports.
func (a *api) jobRoutes() []route {
	return []route{
		post(v1+"/exports", either, a.createExport, "createExport", "Ask for a list as a file").takes(recordBody, newExport{}).gives(202, job{}),
		get(v1+"/exports", either, a.listJobs(store.ExportWork), "exports", "My exports, the newest first").asks(jobParams...).gives(200, jobPage{}),
		post(v1+"/exports/preview", either, a.previewExport, "previewExport", "What a file would hold").takes(recordBody, newExport{}).gives(200, store.ExportPlan{}),
		get(v1+"/exports/{id}", either, a.showJob(store.ExportWork), "export", "How far an export of mine is").gives(200, job{}),
		remove(v1+"/exports/{id}", either, a.cancelJob(store.ExportWork), "cancelExport", "Cancel an export of mine"),
		get(v1+"/exports/{id}/file", either, a.jobFile(store.ExportWork), "exportFile", "The file of an export of mine").givesFile(200, "application/octet-stream").within(transfer),
		post(v1+"/imports", either, a.createImport, "createImport", "Bring a table in, or try it").takesForm(uploadBody, importForm{}).gives(202, job{}).within(transfer),
		get(v1+"/imports", either, a.listJobs(store.ImportWork), "imports", "My imports, the newest first").asks(jobParams...).gives(200, jobPage{}),
		post(v1+"/imports/preview", either, a.previewImport, "previewImport", "Look at a table before it is imported").takesForm(uploadBody, previewForm{}).gives(200, importPreview{}).within(transfer),
		post(v1+"/imports/{id}/revert", either, a.revertImport, "revertImport", "Take an import of mine back, or try it").takes(smallBody, revertOrder{}).gives(202, job{}),
		post(v1+"/imports/{id}/ask-head", either, a.askHeadsOf, "askHeadsOf", "Ask those over who looks after rows of an import of mine").takes(smallBody, noteIn{}).gives(200, store.AskedHeads{}),
		get(v1+"/imports/{id}", either, a.showJob(store.ImportWork), "import", "How far an import of mine is").gives(200, job{}),
		remove(v1+"/imports/{id}", either, a.cancelJob(store.ImportWork), "cancelImport", "Cancel an import of mine"),
		get(v1+"/imports/{id}/errors", either, a.jobFile(store.ImportWork), "importErrors", "What was wrong with the rows").givesFile(200, "text/csv").within(transfer),
	}
}

// serviceRoutes are of the server itself.
func (a *api) serviceRoutes() []route {
	return []route{
		get("/openapi.json", anyone, a.openapi, "openapi", "This document").gives(200, map[string]any{}),
		get("/healthz", anyone, a.healthy, "healthy", "Whether the server runs").gives(200, health{}),
		get("/readyz", anyone, a.ready, "ready", "Whether the server can answer").gives(200, health{}),
	}
}
