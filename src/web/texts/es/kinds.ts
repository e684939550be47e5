import type { Texts } from '../en.js';

export const kinds: Texts['kinds'] = {
  'heart-rate': { label: 'Frecuencia cardíaca', description: 'Latidos por minuto, de día y de noche.' },
  'rr-interval': { label: 'Ritmo cardíaco', description: 'El tiempo entre un latido y el siguiente.' },
  'blood-pressure': {
    label: 'Presión arterial',
    description: 'El valor más alto y el más bajo de cada medición.',
  },
  'blood-glucose': { label: 'Azúcar en la sangre', description: 'Cada lectura de su sensor o medidor.' },
  'oxygen-saturation': { label: 'Oxígeno en la sangre', description: 'Cuánto oxígeno hay en su sangre.' },
  'respiratory-rate': { label: 'Frecuencia respiratoria', description: 'Respiraciones por minuto.' },
  'step-count': { label: 'Pasos', description: 'Cuántos pasos da. Sin lugares ni mapas.' },
  'physical-activity': {
    label: 'Ejercicio',
    description: 'Tipo, comienzo y fin de cada sesión. Sin lugares ni mapas.',
  },
  'calories-burned': { label: 'Energía gastada', description: 'Las calorías que quema su cuerpo.' },
  'sleep-episode': { label: 'Sueño', description: 'Cuándo se durmió y cuándo despertó.' },
  'sleep-duration': { label: 'Tiempo de sueño', description: 'Cuánto tiempo durmió.' },
  'total-sleep-time': { label: 'Tiempo de sueño', description: 'Cuánto tiempo durmió.' },
  'time-in-bed': { label: 'Tiempo en la cama', description: 'Desde que se acuesta hasta que se levanta.' },
  'sleep-stage-summary': {
    label: 'Fases del sueño',
    description: 'Sueño profundo, ligero y con sueños de cada noche.',
  },
  'body-weight': { label: 'Peso', description: 'Cada vez que se sube a la báscula.' },
  'body-height': { label: 'Estatura', description: 'La que figura en la aplicación de su dispositivo.' },
  'body-temperature': {
    label: 'Temperatura corporal',
    description: 'La que su dispositivo mide en la piel.',
  },
  QuestionnaireResponse: { label: 'Cuestionarios', description: 'Sus respuestas.' },
};

export const otherKind: Texts['otherKind'] = 'Tal como lo mide su dispositivo.';

export const shapes: Texts['shapes'] = {
  ring: 'Anillo',
  watch: 'Reloj',
  watchOrBand: 'Reloj o pulsera',
  watchOrStrap: 'Reloj o banda para el pecho',
  band: 'Pulsera',
  workoutApp: 'Aplicación de ejercicio',
  app: 'Aplicación',
  wearable: 'Dispositivo',
};
