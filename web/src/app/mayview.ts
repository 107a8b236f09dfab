import type { Me } from '@/api/types'

/** Whether one may look at everything as somebody else; the server asks again. */
export const mayView = (me: Me) => !me.viewer && (me.can.includes('policy') || me.can.includes('audit'))
