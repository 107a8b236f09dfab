// What links can ask of pages: closed lists of the server. They stand apart from what asks it, since every
// page's link is read at the start, and the page itself is loaded when somebody opens it.

export const auditGroups = ['reads', 'edits', 'exports', 'refusals', 'access', 'sign_in', 'administration'] as const
export const detectors = ['honey', 'hour', 'fresh', 'slow', 'row', 'night', 'place', 'chunks', 'leaver', 'reveals', 'denials'] as const
export const alertStates = ['open', 'confirmed', 'dismissed'] as const
export const emergencyStates = ['open', 'waiting', 'late', 'follow_up', 'justified', 'unjustified'] as const
