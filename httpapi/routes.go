package httpapi

import (
	"guan/store"
)

// routes is the table: every route, who may call it at all, and what it takes and gives. What a
// caller may see behind a route is decided by the Session alone. A test holds a second table that
// says for each row what each persona gets.
func (a *api) routes() []route {
	const v1 = "/api/v1"
	return []route{
		post(v1+"/session", anyone, a.signIn, "signIn", "Sign in with login and password").takes(smallBody, signIn{}).gives(200, signedIn{}),
		remove(v1+"/session", person, a.signOut, "signOut", "Sign out"),
		get(v1+"/sessions", person, a.sessions, "sessions", "My sessions").gives(200, items[signedInSession]{}),
		remove(v1+"/sessions/{id}", person, a.endSession, "endSession", "End one of my sessions"),
		post(v1+"/password", person, a.changePassword, "changePassword", "Change my password; my other sessions end").takes(smallBody, passwordChange{}),
		get(v1+"/tokens", person, a.tokens, "tokens", "My API tokens").gives(200, items[token]{}),
		post(v1+"/tokens", person, a.createToken, "createToken", "Make an API token; its secret is shown this once").takes(smallBody, newToken{}).gives(201, madeToken{}),
		remove(v1+"/tokens/{id}", person, a.revokeToken, "revokeToken", "Revoke one of my API tokens"),

		get(v1+"/me", either, a.me, "me", "Who I am and where I stand").gives(200, store.Me{}),
		get(v1+"/kinds", either, a.kinds, "kinds", "The kinds and fields that some rule lets me see").gives(200, items[store.KindInfo]{}),

		get(v1+"/records/{kind}", either, a.listRecords, "listRecords", "A page of a kind").asks(listParams...).gives(200, store.Page{}),
		post(v1+"/records/{kind}", either, a.createRecord, "createRecord", "Make a record").takes(recordBody, recordFields{}).gives(201, store.Item{}),
		post(v1+"/records/{kind}/batch", either, a.batchRecords, "batchRecords", "Change or delete several records, all or none").takes(batchBody, batch{}).gives(200, items[store.Item]{}),
		get(v1+"/records/{kind}/{id}", either, a.getRecord, "getRecord", "One record").gives(200, store.Item{}),
		patch(v1+"/records/{kind}/{id}", either, a.updateRecord, "updateRecord", "Change fields of a record").onMatch().takes(recordBody, recordFields{}).gives(200, store.Item{}),
		remove(v1+"/records/{kind}/{id}", either, a.deleteRecord, "deleteRecord", "Delete a record").onMatch(),

		get(v1+"/explain", either, a.explain, "explain", "Why an action or a field is open or closed").asks(explainParams...).gives(200, store.Explanation{}),
		get(v1+"/who-can", either, a.whoCan, "whoCan", "Who may do something with a record").asks(whoCanParams...).gives(200, store.WhoCan{}),

		get("/openapi.json", anyone, a.openapi, "openapi", "This document").gives(200, map[string]any{}),
		get("/healthz", anyone, a.healthy, "healthy", "Whether the server runs").gives(200, health{}),
		get("/readyz", anyone, a.ready, "ready", "Whether the server can answer").gives(200, health{}),
	}
}
