import type { LetterTexts } from './texts.js';

export const spanish: LetterTexts = {
  greeting: (name) => (name === '' ? 'Hola:' : `Hola, ${name}:`),
  closing: [
    'El enlace es solo para usted: no lo comparta. ¿No esperaba este mensaje? Entonces no haga nada y avise al equipo de su estudio.',
  ],
  invitation: ({ invitedBy, organization, link, until }) => ({
    subject: `${organization} le invita`,
    paragraphs: [
      `${invitedBy}, de ${organization}, le invita a compartir con un estudio los datos de su dispositivo. La página le dice qué estudio es y qué pide, antes de que usted decida nada.`,
      link,
      `El enlace funciona una sola vez, hasta el ${until}. Le llevará unos cinco minutos.`,
    ],
  }),
  'invitation reminder': ({ invitedBy, organization, link, until }) => ({
    subject: `Su invitación de ${organization} sigue abierta`,
    paragraphs: [
      `${invitedBy}, de ${organization}, le invitó a compartir con un estudio los datos de su dispositivo. La invitación sigue abierta hasta el ${until}.`,
      link,
      '¿No quiere participar? Entonces no tiene que hacer nada.',
    ],
  }),
  'connect reminder': ({ organization, link, until }) => ({
    subject: `Le falta un paso con ${organization}`,
    paragraphs: [
      'Usted empezó, pero su dispositivo todavía no está conectado. Sus respuestas están guardadas: siga donde lo dejó.',
      link,
      `El enlace funciona una sola vez, hasta el ${until}. ¿Ha cambiado de idea? Entonces no tiene que hacer nada.`,
    ],
  }),
  erasure: ({ organization, reference, askedAt }) => ({
    subject: `${organization} borra sus datos`,
    paragraphs: [
      `El ${askedAt}, alguien que había entrado con su cuenta nos pidió borrar todo lo que guardamos de usted. Ya ha empezado, y no se puede detener ni deshacer.`,
      `Referencia: ${reference}`,
      'Conserve este mensaje: su nombre y su dirección se borran, así que solo la referencia encuentra este borrado. Es el último mensaje que recibe de nosotros.',
      '¿No lo pidió usted? Avise enseguida al equipo de su estudio.',
    ],
  }),
  'fresh link': ({ organization, link, until }) => ({
    subject: `Su enlace a ${organization}`,
    paragraphs: ['Este es el nuevo enlace que pidió.', link, `Funciona una sola vez, hasta el ${until}.`],
  }),
};
